"""The cheapest parses of a sentence up to each token, one per state. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from bot.commands.command import Clause
from bot.language.sentence.sentence_parts import SentencePart, Value


class Phase(Enum):
    """The kind of the last part: decides what may follow."""

    START = "start"  # nothing so far, or courtesies
    VERB = "verb"
    OPEN = "open"  # a clause is complete; no list of names continues
    NAMED = "named"  # a name; its list may continue


@dataclass(frozen=True, slots=True)
class ParseState:
    """The phase, and for NAMED the clause of the list that may continue."""

    phase: Phase
    clause: Clause | None = None
    negative: bool = False


@dataclass(frozen=True, slots=True)
class ParseNode:
    """One parse of the tokens so far, as a linked list of parts."""

    cost: float
    part: SentencePart | None = None
    before: "ParseNode | None" = None

    def dearer(self, cost: float) -> "ParseNode":
        """Return the same parse with a cost higher by `cost`."""
        return ParseNode(self.cost + cost, self.part, self.before)

    def then(self, part: SentencePart, cost: float = 0.0) -> "ParseNode":
        """Return this parse with `part` appended for `cost`."""
        return ParseNode(self.cost + cost, part, self)

    def says(self, what: Callable[[Value], bool]) -> bool:
        """Return True if `what` is true for a part of this parse."""
        return any(what(part.value) for part in self._backwards())

    def parts(self) -> tuple[SentencePart, ...]:
        """Return the parts in the order of the sentence."""
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
        """Return the states and nodes of the parses of the tokens before `index`."""
        return tuple(self._nodes[index].items())

    def best(self) -> ParseNode:
        """Return the cheapest parse of all tokens."""
        return min(self._nodes[-1].values(), key=lambda end: end.cost)

    def is_cheaper(self, index: int, state: ParseState, cost: float) -> bool:
        """Return True if a node of `cost` would be kept."""
        known = self._nodes[index].get(state)
        return known is None or cost < known.cost

    def reach(self, index: int, state: ParseState, node: ParseNode) -> None:
        """Keep `node` if it is cheaper than the present node of this state."""
        if self.is_cheaper(index, state, node.cost):
            self._nodes[index][state] = node
