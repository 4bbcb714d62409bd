"""What a typed name names, of what this user can see: found, never guessed. Pure; knows no source of the entries.

Exact (by name, code, id or alias) beats the beginning of a name beats what looks like it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.commands.command import Clause
from bot.domain.guid import parse_guid
from bot.domain.licensing import Dimension, Entry
from bot.names.dimension_index import DimensionIndex, NearMatches
from bot.names.name_folding import FoldedName, loose

# A workload before a product: "exchange" begins product names too (EXCHANGE ONLINE PROTECTION).
DIMENSIONS: Mapping[Clause, tuple[Dimension, ...]] = {
    Clause.FOR: (Dimension.CUSTOMER,),
    Clause.ON: (Dimension.WORKLOAD, Dimension.SERVICE, Dimension.PRODUCT),
    Clause.IN: (Dimension.PRODUCT,),
    Clause.VIA: (Dimension.CHANNEL,),
}
_OFFERED = 10
_NEAREST = 3
_KNOWN_PREFIX = 3  # letters: fewer begin too many names to tell a name from a keyword
_FIGURES = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Unique:
    """Exactly this one. `corrected`: what was typed is not its name, but nothing else comes near."""

    entry: Entry
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Any of `total`; `entries` are the best of them."""

    entries: tuple[Entry, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing is called that; `nearest` come nearest, at most three."""

    nearest: tuple[Entry, ...] = ()


Found = Unique | Ambiguous | Unknown


class NameIndex:
    """Every customer, workload, service, product and channel that one user can see."""

    def __init__(self, shelves: Mapping[Dimension, DimensionIndex]) -> None:
        self._shelves = shelves

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "NameIndex":
        """Of `entries`, in any order; an entry that is there twice counts once."""
        sorted_out: dict[Dimension, dict[Entry, None]] = {dimension: {} for dimension in Dimension}
        for entry in entries:
            sorted_out[entry.dimension][entry] = None
        return cls({dimension: DimensionIndex(found) for dimension, found in sorted_out.items()})

    def __len__(self) -> int:
        return sum(len(shelf.entries) for shelf in self._shelves.values())

    def __bool__(self) -> bool:
        return True  # also where this person can see nothing

    def entries(self, dimension: Dimension) -> Sequence[Entry]:
        """All of `dimension`, by name."""
        return self._shelves[dimension].entries

    def search(self, dimension: Dimension, text: str) -> Sequence[Entry]:
        """Those of `dimension` with `text` in their name or id, best first; what looks like it where there are none."""
        shelf = self._shelves[dimension]
        return shelf.containing(text) or [near.entry for near in shelf.near(text)[:_OFFERED]]

    def knows(self, clause: Clause, text: str) -> float:
        """How well `text` is known behind `clause`: 1 in full, 0.5 as the beginning of a name, 0 not at all."""
        shelves = [self._shelves[dimension] for dimension in DIMENSIONS[clause]]
        wanted = FoldedName.of(text)
        if any(shelf.exact(wanted) for shelf in shelves):
            return 1.0
        if len(wanted.loose) < _KNOWN_PREFIX:
            return 0.0
        return 0.5 if any(shelf.begins(wanted) for shelf in shelves) else 0.0

    def find(self, text: str, dimensions: Sequence[Dimension]) -> Found:
        """What `text` names of `dimensions`; where two are equally good the earlier dimension wins."""
        shelves = [self._shelves[dimension] for dimension in dimensions]
        wanted = FoldedName.of(text)
        for shelf in shelves:
            if found := shelf.exact(wanted):
                return _of(found)
        if parse_guid(text.strip()):
            return Unknown()
        for shelf in shelves:
            if found := shelf.beginning(wanted):
                return _of(found)
        near = [near for shelf in shelves for near in shelf.near(text)]
        every = [entry for shelf in shelves for entry in shelf.entries[: _NEAREST + 1]]
        if not near and len(every) <= _NEAREST:  # two channels are told in full, whatever was typed
            return Unknown(tuple(every))
        return _looks_like(text, near)

    def warm(self) -> None:
        """Do now what the first misspelt name would wait for; safe to call from another thread."""
        for shelf in self._shelves.values():
            shelf.warm()


def _of(entries: Sequence[Entry]) -> Found:
    """One also where a thing goes by several names: its id is what a filter holds."""
    if len({entry.id.casefold() for entry in entries}) == 1:
        return Unique(entries[0])
    return Ambiguous(tuple(entries[:_OFFERED]), len(entries))


def _looks_like(text: str, found: list[NearMatches]) -> Found:
    """One where it is clearly the best and close, Several where some are close, else the nearest."""
    typed = loose(text)
    ranked = sorted(found, key=lambda near: -near.score)
    close = [near for near in ranked if _is_close(typed, near)]
    if not close:
        return Unknown(tuple(near.entry for near in ranked[:_NEAREST]))
    best = min(close, key=lambda near: near.edits)
    rivals = [near.entry for near in close if near.edits <= best.edits + 1]
    if len(rivals) == 1:
        return Unique(best.entry, corrected=True)
    return Ambiguous(tuple(rivals[:_OFFERED]), len(rivals))


def _is_close(typed: str, near: NearMatches) -> bool:
    """A slip of the fingers: one edit in a short name, more in a long one, and never in a figure (E3 is not E5)."""
    allowed = 0 if len(typed) < 4 else 1 if len(typed) < 9 else 2 if len(typed) < 16 else 3
    return near.edits <= allowed and _FIGURES.findall(typed) == _FIGURES.findall(near.name)
