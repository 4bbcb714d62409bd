"""Templates of the words for a time, as a language writes them. Pure.

`[the] {count} (day|days) ago`: brackets for what may be missing, bars between alternatives, braces for a slot. A slot
is the name of a rule or of a list of words; `{first:day}` gives the name to it that the rule's builder expects, and
`{_:day}` reads a day that adds nothing. `~on` is a class of case endings.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.language.moments.word_units import Splitter

_PARTS = re.compile(r"\{(?:(\w+):)?(\w+)\}|~(\w+)|([\[\](|)])|([^\s\[\](){}|~]+)|\s+")
IGNORED = "_"  # the name of a slot that adds nothing
_MOST = 4_000  # sequences of one template


_NO_ENDINGS = Splitter()
_NO_SUFFIXES: Mapping[str, tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a template that a rule or a list of words fills."""

    name: str
    rule: str


Symbol = str | Slot
Sequences = list[tuple[Symbol, ...]]


@dataclass(slots=True)
class Node:
    """A node of the tree of all sequences of one rule.

    `ends` are the values and builders of the sequences that end here. `openings` remembers which slots may begin with a
    word, for the words of the language only.
    """

    words: dict[str, "Node"] = field(default_factory=dict)
    slots: dict[Slot, "Node"] = field(default_factory=dict)
    ends: list[Any] = field(default_factory=list)
    openings: dict[str, tuple[tuple[Slot, "Node"], ...]] = field(default_factory=dict)

    def add(self, sequence: tuple[Symbol, ...], end: Any) -> None:
        """Add a sequence of symbols that results in `end`."""
        node = self
        for symbol in sequence:
            after = node.slots.get(symbol) if isinstance(symbol, Slot) else node.words.get(symbol)
            node = node._new(symbol) if after is None else after
        if end not in node.ends:
            node.ends.append(end)

    def _new(self, symbol: Symbol) -> "Node":
        node = Node()
        if isinstance(symbol, Slot):
            self.slots[symbol] = node
        else:
            self.words[symbol] = node
        return node


def sequences(
    template: str, splitter: Splitter = _NO_ENDINGS, suffixes: Mapping[str, tuple[str, ...]] = _NO_SUFFIXES
) -> Sequences:
    """Return every sequence of symbols that the template allows.

    Words are split as those of a sentence are.

    Raises ValueError for a template that is not well formed or allows nothing or far too much.
    """
    parts = [each for each in _PARTS.finditer(template) if not each[0].isspace()]
    if sum(len(each[0]) for each in parts) != len("".join(template.split())):
        raise ValueError(f"not a template: {template!r}")
    made, end = _Reader(parts, splitter, suffixes).alternatives(0)
    if end != len(parts) or not all(made) or len(made) > _MOST:
        raise ValueError(f"not a template: {template!r}")
    return made


@dataclass(frozen=True, slots=True)
class _Reader:
    parts: list[re.Match[str]]
    splitter: Splitter
    suffixes: Mapping[str, tuple[str, ...]]

    def alternatives(self, at: int) -> tuple[Sequences, int]:
        """Read up to the closing bracket; return the sequences and where they end."""
        found: Sequences = []
        current: Sequences = [()]
        while at < len(self.parts) and self.parts[at][0] not in ("]", ")"):
            if self.parts[at][0] == "|":
                found += current
                current, at = [()], at + 1
                continue
            options, at = self._options(at)
            current = [(*before, *option) for before in current for option in options]
        return list(dict.fromkeys(found + current)), at

    def _options(self, at: int) -> tuple[Sequences, int]:
        name, rule, suffix, sign, word = self.parts[at].groups()
        if sign:
            options, end = self.alternatives(at + 1)
            if end == len(self.parts) or self.parts[end][0] != {"[": "]", "(": ")"}[sign]:
                raise ValueError(f"a bracket is not closed: {self.parts[0].string!r}")
            return ([(), *options] if sign == "[" else options), end + 1
        if rule:
            return [(Slot(name or rule, rule),)], at + 1
        if suffix:
            return [(f"~{each}",) for each in self.suffixes[suffix]], at + 1
        return [tuple(self.splitter.split(word.casefold()))], at + 1
