"""The ways to read a sentence so far: the cheapest per place and state. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from bot.commands.command import Clause
from bot.language.sentence.sentence_parts import SentencePart, Value


class Phase(Enum):
    """What has been said so far: decides what may stand next."""

    START = "start"  # nothing, or courtesies
    VERB = "verb"
    OPEN = "open"  # a clause is complete, no list of names goes on
    NAMED = "named"  # a name: its list may go on


@dataclass(frozen=True, slots=True)
class ParseState:
    """The phase, and for NAMED the list that may go on."""

    phase: Phase
    clause: Clause | None = None
    negative: bool = False


@dataclass(frozen=True, slots=True)
class ParseNode:
    """A way to have read the sentence so far."""

    cost: float
    part: SentencePart | None = None
    before: "ParseNode | None" = None

    def dearer(self, cost: float) -> "ParseNode":
        """The same way for `cost` more."""
        return ParseNode(self.cost + cost, self.part, self.before)

    def then(self, part: SentencePart, cost: float = 0.0) -> "ParseNode":
        """This way, and `part` for `cost` more."""
        return ParseNode(self.cost + cost, part, self)

    def says(self, what: Callable[[Value], bool]) -> bool:
        """A part of this way is `what`."""
        return any(what(part.value) for part in self._backwards())

    def parts(self) -> tuple[SentencePart, ...]:
        """The parts, first said first."""
        return tuple(self._backwards())[::-1]

    def _backwards(self) -> Iterator[SentencePart]:
        node: ParseNode | None = self
        while node:
            if node.part:
                yield node.part
            node = node.before


class ParseLattice:
    """The cheapest node per token and state of one sentence."""

    def __init__(self, length: int) -> None:
        self._nodes: list[dict[ParseState, ParseNode]] = [{} for _ in range(length + 1)]

    def at(self, index: int) -> tuple[tuple[ParseState, ParseNode], ...]:
        """The ways to have read the tokens before `index`."""
        return tuple(self._nodes[index].items())

    def best(self) -> ParseNode:
        """The cheapest way to have read them all."""
        return min(self._nodes[-1].values(), key=lambda end: end.cost)

    def is_cheaper(self, index: int, state: ParseState, cost: float) -> bool:
        """A node of `cost` would be kept."""
        known = self._nodes[index].get(state)
        return known is None or cost < known.cost

    def reach(self, index: int, state: ParseState, node: ParseNode) -> None:
        """Keeps `node` where it is cheaper than what is known."""
        if self.is_cheaper(index, state, node.cost):
            self._nodes[index][state] = node
