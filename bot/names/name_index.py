"""Resolve a typed name to one of the entries that the caller can see.

It never guesses. An exact match (name, code, id or alias) comes before a match with the beginning of a name, and that
comes before a similar name. Pure; independent of the source of the entries.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.commands.clauses import DIMENSIONS
from bot.commands.command import Clause
from bot.domain.guid import pasted_guid
from bot.domain.licensing import Dimension, Entry
from bot.names.dimension_index import DimensionIndex
from bot.names.entry_label import EntryLabel, read_label
from bot.names.name_folding import FoldedName, loose, strict
from bot.names.namesakes import CustomerDetails
from bot.names.near_matches import NearMatches
from bot.names.span_lookup import SpanLookup

_OFFERED = 10
_NEAREST = 3
_KNOWN_PREFIX = 3  # letters: a shorter text begins too many names to distinguish a name from a keyword
_FIGURES = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Unique:
    """Exactly one entry matches.

    `corrected`: the typed text is misspelled, but no other name is similar. `begun`: the typed text is the beginning of
    the name, and of no other; it is no part of what was found.
    """

    entry: Entry
    corrected: bool = False
    begun: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """`total` entries match; `entries` are the best of them."""

    entries: tuple[Entry, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """No entry has that name; `nearest` are the most similar entries, at most three."""

    nearest: tuple[Entry, ...] = ()


Found = Unique | Ambiguous | Unknown


class NameIndex:
    """Every customer, workload, service, product and channel that one person can see."""

    def __init__(self, indexes: Mapping[Dimension, DimensionIndex], plain: "NameIndex | None" = None) -> None:
        self._indexes = dict(indexes)
        self._plain = plain  # kept alive: others may have these names, without details or products

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "NameIndex":
        """Build the index of `entries`, in any order. Duplicates count once."""
        sorted_out: dict[Dimension, dict[Entry, None]] = {dimension: {} for dimension in Dimension}
        for entry in entries:
            sorted_out[entry.dimension][entry] = None
        return cls({dimension: DimensionIndex(found) for dimension, found in sorted_out.items()})

    def detailed(self, details: CustomerDetails) -> "NameIndex":
        """Return the same index with `details` of the customers that look alike."""
        customers = self._indexes[Dimension.CUSTOMER].detailed(details)
        return NameIndex({**self._indexes, Dimension.CUSTOMER: customers}, self)

    def with_products(self, products: Iterable[Entry]) -> "NameIndex":
        """Return the same index with further products; itself if it has all of them.

        Everything but the products is shared with this index.
        """
        index = self._indexes[Dimension.PRODUCT]
        more = [entry for entry in products if not index.with_id(entry.id)]
        if not more:
            return self
        return NameIndex({**self._indexes, Dimension.PRODUCT: DimensionIndex((*index.given, *more))}, self)

    @cached_property
    def spans(self) -> SpanLookup:
        """Return the look-up of parts of a sentence, made when the first sentence is read."""
        return SpanLookup(self._indexes, None if self._plain is None else self._plain.spans)

    def __len__(self) -> int:
        return sum(len(index.entries) for index in self._indexes.values())

    def __bool__(self) -> bool:
        return True  # also if it is empty: an index without entries is still an index

    @property
    def is_empty(self) -> bool:
        """True if there are no customers."""
        return not self.entries(Dimension.CUSTOMER)

    def entries(self, dimension: Dimension) -> Sequence[Entry]:
        """Return all entries of `dimension`, ordered by name."""
        return self._indexes[dimension].members

    def alike(self, dimension: Dimension) -> Sequence[Entry]:
        """Return the entries whose names look like another's.

        Each has a `detail`.
        """
        return self._indexes[dimension].alike

    def same(self, entry: Entry) -> Entry | None:
        """Return the caller's entry with the id of `entry`; None if there is none."""
        found = self._indexes[entry.dimension].with_id(entry.id)
        return found[0] if found else None

    def looking_like(self, entry: Entry) -> Sequence[Entry]:
        """Return the entries of the same dimension whose names look like that of `entry`."""
        return self._indexes[entry.dimension].looking_like(entry.name)

    def search(self, dimension: Dimension, text: str) -> Sequence[Entry]:
        """Return the entries of `dimension` with `text` in name or id, best first.

        If there are none, similar ones.
        """
        index = self._indexes[dimension]
        return index.containing(text) or [near.entry for near in index.near(text)[:_OFFERED]]

    def completing(self, dimension: Dimension, text: str, most: int) -> Sequence[Entry]:
        """Return at most `most` entries that a person who is typing `text` may mean.

        Best first: similar ones if none has the text, the first ones by name if nothing is typed.
        """
        index = self._indexes[dimension]
        if not text.strip():
            return list(dict.fromkeys(index.entries[: 2 * most]))[:most]
        found = dict.fromkeys(index.with_pasted_id(text))
        for position in index.completion.positions(loose(text), strict(text)):
            if len(found) >= most:
                break
            found[index.entries[position]] = None
        return list(found)[:most] or [near.entry for near in index.near(text)[:most]]

    def knows(self, clause: Clause, text: str) -> float:
        """Return how certainly `text` is a name in `clause`.

        1 full name, 0.5 beginning of a name, 0 neither.
        """
        indexes = [self._indexes[dimension] for dimension in DIMENSIONS[clause]]
        wanted = FoldedName.of(text)
        # Loops, not any(): this runs for every span of a sentence, and a generator would cost more than the look-up.
        for index in indexes:
            if index.exact(wanted):
                return 1.0
        if len(wanted.loose) < _KNOWN_PREFIX:
            return 0.0
        for index in indexes:
            if index.begins(wanted):
                return 0.5
        return 0.0

    def find(self, text: str, dimensions: Sequence[Dimension]) -> Found:
        """Resolve `text` in `dimensions`.

        If two dimensions match equally well, the earlier one wins.
        """
        indexes = [self._indexes[dimension] for dimension in dimensions]
        wanted = FoldedName.of(text)
        for index in indexes:
            if found := index.exact(wanted):
                return _of(found)
        if pasted_guid(text):
            return Unknown()
        if (label := read_label(text)) and (labeled := _as_labeled(label, indexes)):
            return labeled
        for index in indexes:
            if found := index.beginning(wanted):
                return _begun(found)
        near = [near for index in indexes for near in index.near(text)]
        every = [entry for index in indexes for entry in index.members[: _NEAREST + 1]]
        if (
            not near and len(every) <= _NEAREST
        ):  # with three entries or fewer (two channels), list all of them, whatever was typed
            return Unknown(tuple(every))
        return _looks_like(text, near)

    def warm(self) -> None:
        """Build the indexes that the first misspelled name would wait for.

        Safe to call from another thread.
        """
        for index in self._indexes.values():
            index.warm()
        self.spans.warm()


def _as_labeled(label: EntryLabel, indexes: Sequence[DimensionIndex]) -> Found | None:
    """Return the entry with the id in brackets, whose name has changed; else offer those with the name.

    None of them is taken: none has what is in the brackets.
    """
    for index in indexes:
        if found := index.with_pasted_id(label.detail):
            return _of(found)
    wanted = FoldedName.of(label.name)
    named = [entry for index in indexes for entry in index.exact(wanted)]
    return Unknown(tuple(named[:_NEAREST])) if named else None


def _of(entries: Sequence[Entry]) -> Found:
    """Return Unique also if one thing has several names.

    The filter holds its id, and that is one.
    """
    if len({entry.id.casefold() for entry in entries}) == 1:
        return Unique(entries[0])
    return Ambiguous(tuple(entries[:_OFFERED]), len(entries))


def _begun(entries: Sequence[Entry]) -> Found:
    found = _of(entries)
    return replace(found, begun=True) if isinstance(found, Unique) else found


def _looks_like(text: str, found: list[NearMatches]) -> Found:
    """Classify similar entries by how close they are.

    Unique if one is clearly the closest, Ambiguous if several are close, else Unknown.
    """
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
    """Return True if the difference may be a typing error.

    Allowed is one edit in a short name, more in a long one, and none in a number (E3 is not E5).
    """
    allowed = 0 if len(typed) < 4 else 1 if len(typed) < 9 else 2 if len(typed) < 16 else 3
    return near.edits <= allowed and _FIGURES.findall(typed) == _FIGURES.findall(near.name)
