"""All entries of one dimension, in the order of their names, and the ways to look one up. Pure."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.domain.licensing import Dimension, Entry
from bot.names import workload_aliases as aliases
from bot.names.name_folding import FoldedName, loose, strict
from bot.names.trigrams import Trigrams

_INDEXED_FROM = 400  # fewer entries are scored all
_SCORED = 120
_NEAR = 55.0  # of 100: less alike is not worth offering
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class NearMatches:
    """An entry that looks like what was typed: `edits` between the two, `score` of 100."""

    entry: Entry
    edits: int
    score: float
    name: str  # folded, as compared


class DimensionIndex:
    """The entries of one dimension."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        keyed = sorted(((loose(entry.name), strict(entry.name), entry) for entry in entries), key=_order)
        self.entries: tuple[Entry, ...] = tuple(entry for _, _, entry in keyed)
        self._loose = [name for name, _, _ in keyed]
        self._by_id: dict[str, list[Entry]] = {}
        self._by_name: dict[str, list[Entry]] = {}
        self._by_loose: dict[str, list[Entry]] = {}
        for name, exact, entry in keyed:
            self._by_id.setdefault(strict(entry.id), []).append(entry)
            self._by_name.setdefault(exact, []).append(entry)
            self._by_loose.setdefault(name, []).append(entry)

    def exact(self, wanted: FoldedName) -> Sequence[Entry]:
        """By id or code, else by name, else by alias, else by name but for accents and punctuation."""
        return (
            self._by_id.get(wanted.strict.strip("{}"))
            or self._by_name.get(wanted.strict)
            or self._aliased(wanted.text)
            or self._by_loose.get(wanted.loose)
            or ()
        )

    def beginning(self, wanted: FoldedName) -> Sequence[Entry]:
        """The entries whose name begins with it, by name."""
        prefix = wanted.loose
        if len(prefix) < 2:
            return ()
        return self.entries[bisect_left(self._loose, prefix) : bisect_left(self._loose, prefix + _LAST)]

    def begins(self, wanted: FoldedName) -> bool:
        """Whether some name begins with it, however many do."""
        at = bisect_left(self._loose, wanted.loose)
        return at < len(self._loose) and self._loose[at].startswith(wanted.loose)

    def containing(self, text: str) -> Sequence[Entry]:
        """The entries with `text` in their name or id: first at the start, then at a word, then anywhere."""
        part, key = loose(text), strict(text)
        if not part:
            return ()
        ranked: list[tuple[int, int]] = []
        for index, name in enumerate(self._loose):
            at = name.find(part)
            if at == 0:
                ranked.append((0, index))
            elif at > 0:
                ranked.append((1 if f" {part}" in name else 2, index))
            elif key in self.entries[index].id.casefold():
                ranked.append((3, index))
        return [self.entries[index] for _, index in sorted(ranked)]

    def near(self, text: str) -> list[NearMatches]:
        """The entries that look like `text`, nearest first."""
        typed = loose(text)
        if not typed:
            return []
        found: dict[Entry, NearMatches] = {}
        for name, entry in self._candidates(typed):
            near = _compare(typed, name, entry)
            if near.score >= _NEAR and (entry not in found or near.score > found[entry].score):
                found[entry] = near
        return sorted(found.values(), key=lambda near: (-near.score, near.edits, len(near.name), near.name))

    def _candidates(self, typed: str) -> list[tuple[str, Entry]]:
        if len(self.entries) < _INDEXED_FROM:
            named = list(zip(self._loose, self.entries, strict=True))
            return named + [(loose(alias), entry) for alias, entry in self._aliases]
        return [(self._loose[index], self.entries[index]) for index in self._trigrams.nearest(typed, _SCORED)]

    @cached_property
    def _trigrams(self) -> Trigrams:
        """Made when first needed: most questions name their customer right."""
        return Trigrams(self._loose)

    @cached_property
    def _aliases(self) -> list[tuple[str, Entry]]:
        said = ((alias, self._aliased(alias)) for workload in aliases.WORKLOADS for alias in workload.aliases)
        return [(alias, entry) for alias, entries in said if len(alias) > 3 for entry in entries]

    def _aliased(self, text: str) -> Sequence[Entry]:
        """What the alias means of what is here: codes may be guesses, so a workload is known by code or by name."""
        if not self.entries or self.entries[0].dimension is not Dimension.WORKLOAD:
            return ()
        for workload in aliases.meanings(text):
            by_code = self._by_id.get(strict(workload.code))
            by_name = next(filter(None, (self._by_name.get(strict(name)) for name in workload.names)), None)
            if found := by_code or by_name:
                return found
        return ()

    def warm(self) -> None:
        """Make the index that the first misspelt name would wait for (a quarter of a second for 50,000 names)."""
        if len(self.entries) >= _INDEXED_FROM:
            _ = self._trigrams


def _order(keyed: tuple[str, str, Entry]) -> tuple[str, str, str]:
    return keyed[0], keyed[1], keyed[2].id


def _compare(typed: str, name: str, entry: Entry) -> NearMatches:
    """Alike as a whole or in another order of words; a part of a longer name is less alike than the whole."""
    edits = min(OSA.distance(typed, name), OSA.distance(_sorted(typed), _sorted(name)))
    whole = 100.0 * (1 - edits / max(len(typed), len(name)))
    words = fuzz.token_sort_ratio(typed, name)
    part = 0.85 * fuzz.partial_ratio(typed, name) if len(typed) > 3 and len(name) > len(typed) else 0.0
    return NearMatches(entry, edits, max(whole, words, part), name)


def _sorted(text: str) -> str:
    return " ".join(sorted(text.split()))
