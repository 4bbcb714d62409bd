"""All entries of one dimension, ordered by name, and the ways to look one up.

Pure.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property

from bot.domain.guid import SHORTEST_PASTED, pasted_guid
from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension, Entry
from bot.names.completion.name_completion import NameCompletion
from bot.names.entry_label import EntryLabel, domain_in, is_end_of_id
from bot.names.name_folding import FoldedName, forms, loose, strict
from bot.names.namesakes import NO_DETAILS, CustomerDetails, distinctions
from bot.names.near_matches import NearMatches, compared
from bot.names.one_entry import one_for_each_id
from bot.names.trigrams import Trigrams
from bot.names.workload_aliases import FORMS_OF_ALIAS, SPOKEN_ALIASES, WorkloadForms

_INDEXED_FROM = 400  # with fewer entries, all of them are scored
_SCORED = 60
_NEAR = 55.0  # of 100; entries with a lower score are not offered
_SHORT_ALIAS = 3  # letters
_LAST = "\U0010ffff"


class DimensionIndex:
    """The entries of one dimension, one for each id (see `one_for_each_id`).

    An entry is found by every name that its id has: `entries` has it once for each of `names`.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        given = list(entries)
        one = one_for_each_id(given)
        folded = zip(forms(entry.name for entry in given), given, strict=True)
        spelled = sorted([(name, exact, one[entry]) for (name, exact), entry in folded], key=_order)
        keyed = list(dict.fromkeys((name, entry) for name, _, entry in spelled))
        self.entries: tuple[Entry, ...] = tuple(entry for _, entry in keyed)
        self.alike: tuple[Entry, ...] = ()
        self._details = NO_DETAILS
        self._loose = [name for name, _ in keyed]
        self._by_id: dict[str, list[Entry]] = {}
        self._by_name: dict[str, list[Entry]] = {}
        self._by_loose: dict[str, list[Entry]] = {}
        ids = forms(entry.id for entry in given)
        for entry, (_, id_) in zip(given, ids, strict=True):
            for spelling in {id_, folded_id(entry.id) or id_}:
                _put(self._by_id, spelling, one[entry])
        for name, exact, entry in spelled:
            _put(self._by_name, exact, entry)
            _put(self._by_loose, name, entry)
        self._merged: dict[Entry, list[Entry]] = {}  # what was given, of the entries that have several spellings
        for entry in given:
            if one[entry] is not entry:
                self._merged.setdefault(one[entry], []).append(entry)
        self._has_aliases = bool(keyed) and keyed[0][1].dimension is Dimension.WORKLOAD
        self._shared = [name for name, same in self._by_loose.items() if len(same) > 1]
        self._distinguish()

    @property
    def names(self) -> Sequence[str]:
        """Return the folded names of the entries, in their order."""
        return self._loose

    @property
    def given(self) -> Sequence[Entry]:
        """Return what another index with more entries is built of."""
        return (*self.entries, *(entry for same in self._merged.values() for entry in same))

    def detailed(self, details: CustomerDetails) -> "DimensionIndex":
        """Return the same index, with `details` of the entries that look alike."""
        made = copy(self)
        made._distinguish(details)  # noqa: SLF001 - of a copy of itself
        return made

    def _distinguish(self, details: CustomerDetails = NO_DETAILS) -> None:
        """Renew the entries that look alike, in new containers: a copy shares the old ones."""
        if not self._shared:
            return
        renewed: dict[Entry, Entry] = {}
        for name in self._shared:
            # What is shown under another name needs no detail here.
            same = [entry for entry in self._by_loose[name] if entry not in self._merged or loose(entry.name) == name]
            found = distinctions(same, details)
            renewed.update((entry, replace(entry, detail=detail)) for entry, detail in found.items())
        self._details = details
        self.alike = tuple(renewed.values())
        self.entries = tuple(renewed.get(entry, entry) for entry in self.entries)
        self._by_id, self._by_name, self._by_loose = map(dict, (self._by_id, self._by_name, self._by_loose))
        for entry in self.alike:
            for spelled in (entry, *self._merged.get(entry, ())):
                ids, names = {strict(spelled.id), folded_id(spelled.id)}, (strict(spelled.name), loose(spelled.name))
                keyed = [(self._by_id, id_) for id_ in ids if id_ in self._by_id]
                for index, key in (*keyed, (self._by_name, names[0]), (self._by_loose, names[1])):
                    index[key] = [renewed.get(each, each) for each in index[key]]

    @property
    def members(self) -> Sequence[Entry]:
        """Return every entry once, in the order of the names that are shown."""
        if not self._merged:
            return self.entries
        pairs = zip(self._loose, self.entries, strict=True)
        return [entry for name, entry in pairs if entry not in self._merged or loose(entry.name) == name]

    @property
    def has_domains(self) -> bool:
        """True if a domain may name an entry."""
        return bool(self._details.domains)

    def words_of_ids(self) -> Iterator[str]:
        """Yield the words of the ids that are codes: `EXO`."""
        for id_ in self._by_id:
            if len(id_) < SHORTEST_PASTED:
                yield from loose(id_).split()

    def exact(self, wanted: FoldedName) -> Sequence[Entry]:
        """Return the exact matches of the first way that finds any.

        By id or code, then by name, then by alias, then by name without accents and punctuation, then by a name with
        its detail in brackets: every form that is printed anywhere.
        """
        return (
            self._by_id.get(wanted.id)
            or (self._named(wanted) if wanted.strict in self._by_name else ())
            or self._by_alias.get(wanted.strict)
            or self._by_loose.get(wanted.loose)
            or (self._labeled(wanted) if self._details.domains or wanted.label is not None else ())
            or ()
        )

    def _named(self, wanted: FoldedName) -> Sequence[Entry]:
        """Return the entries of that name.

        `cafe` is also how people type `Café`: a text without accents and signs means every name that is folded to it.
        """
        found = self._by_name.get(wanted.strict)
        return self._by_loose[wanted.loose] if found and wanted.strict == wanted.loose else found or ()

    def _labeled(self, printed: FoldedName) -> Sequence[Entry]:
        """Return the entries that `Name (detail)` means, or those of a domain.

        The id decides. If the name in front of it is that of other entries, both are returned.
        """
        label = printed.label
        if label is None:
            may_be_domain = self._details.domains and "." in printed.text
            return self._by_domain.get(domain_in(printed.text), ()) if may_be_domain else ()
        wanted = FoldedName.of(label.name)
        named = self._named(wanted) or self._by_loose.get(wanted.loose) or self._labeled(wanted)
        by_id = self.with_pasted_id(label.detail)
        if by_id and named:
            return by_id if set(by_id) & set(named) else [*by_id, *named]
        return [entry for entry in named if self._has_detail(entry, label)]

    def _has_detail(self, entry: Entry, label: EntryLabel) -> bool:
        domain = self._details.domains.get(entry.id.casefold(), "").casefold()
        return (
            strict(label.detail) in (strict(entry.id), strict(entry.detail))
            or is_end_of_id(label.detail, entry.id)
            or (domain != "" and domain == domain_in(label.detail))
            or any(loose(label.detail) == loose(each) for each in self._details.products.get(entry.id.casefold(), ()))
        )

    @cached_property
    def _by_domain(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.members:
            if domain := self._details.domains.get(entry.id.casefold()):
                found.setdefault(domain.casefold(), []).append(entry)
        return found

    def with_pasted_id(self, text: str) -> Sequence[Entry]:
        """Return the entries with the id in `text`, in any form that people paste."""
        return self._by_id.get(pasted_guid(text) or "", ())

    def with_id(self, id_: str) -> Sequence[Entry]:
        """Return the entries with this very id, in any case."""
        return self._by_id.get(id_.lower()) or self._by_id.get(strict(id_)) or self._by_id.get(folded_id(id_)) or ()

    def looking_like(self, name: str) -> Sequence[Entry]:
        """Return the entries whose names look like `name`."""
        return self._by_loose.get(loose(name), ())

    def beginning(self, wanted: FoldedName) -> Sequence[Entry]:
        """Return the entries whose name starts with `wanted`, ordered by name.

        () below two letters.
        """
        prefix = wanted.loose
        if len(prefix) < 2:
            return ()
        found = self.entries[bisect_left(self._loose, prefix) : bisect_left(self._loose, prefix + _LAST)]
        return tuple(dict.fromkeys(found)) if self._merged else found

    def begins(self, wanted: FoldedName) -> bool:
        """Return True if at least one name starts with `wanted`."""
        at = bisect_left(self._loose, wanted.loose)
        return at < len(self._loose) and self._loose[at].startswith(wanted.loose)

    def containing(self, text: str) -> Sequence[Entry]:
        """Return the entries with `text` in their name or id.

        Matches at the start of a name come first, then at the start of a word, then elsewhere in the name, then in the
        id.
        """
        part, key = loose(text), strict(text)
        if not part:
            return ()
        ranked: list[tuple[int, int]] = []
        for index, name in enumerate(self._loose):
            if name.startswith(part):
                ranked.append((0, index))
            elif part in name:
                ranked.append((1 if f" {part}" in name else 2, index))
            elif key in self.entries[index].id.casefold():
                ranked.append((3, index))
        return list(dict.fromkeys(self.entries[index] for _, index in sorted(ranked)))

    @cached_property
    def completion(self) -> NameCompletion:
        """Return the search for names that are being typed."""
        return NameCompletion(self._loose, [entry.id for entry in self.entries])

    def near(self, text: str) -> list[NearMatches]:
        """Return the entries similar to `text`, the most similar first."""
        typed = loose(text)
        if not typed:
            return []
        found: dict[Entry, NearMatches] = {}
        for name, entry in self._candidates(typed):
            near = compared(typed, name, entry)
            if near.score >= _NEAR and (entry not in found or near.score > found[entry].score):
                found[entry] = near
        return sorted(found.values(), key=lambda near: (-near.score, near.edits, len(near.name), near.name))

    def _candidates(self, typed: str) -> list[tuple[str, Entry]]:
        if len(self.entries) < _INDEXED_FROM:
            return [*zip(self._loose, self.entries, strict=True), *self.aliases]
        return [(self._loose[index], self.entries[index]) for index in self._trigrams.nearest(typed, _SCORED)]

    @cached_property
    def _trigrams(self) -> Trigrams:
        """Build the index on first use.

        Most questions spell the customer's name correctly.
        """
        return Trigrams(self._loose)

    @cached_property
    def _by_alias(self) -> Mapping[str, Sequence[Entry]]:
        """Return the entries that each alias means, if these are workloads.

        A workload matches by code or by name, because some codes in the table are guesses.
        """
        if not self._has_aliases:
            return {}
        return {alias: found for alias, meant in FORMS_OF_ALIAS.items() if (found := self._first_of(meant))}

    def _first_of(self, workloads: Iterable[WorkloadForms]) -> Sequence[Entry]:
        for workload in workloads:
            by_name = next(filter(None, map(self._by_name.get, workload.names)), None)
            if found := self._by_id.get(workload.code) or by_name:
                return found
        return ()

    @cached_property
    def aliases(self) -> list[tuple[str, Entry]]:
        """Return every alias that may be misspelled, folded, with what it means."""
        known = [alias for alias in SPOKEN_ALIASES if len(alias) > _SHORT_ALIAS and alias in self._by_alias]
        folded = zip(forms(known), known, strict=True)
        return [(name, entry) for (name, _), alias in folded for entry in self._by_alias[alias]]

    def warm(self) -> None:
        """Build the index ahead of the first misspelled name.

        It takes 0.25 seconds for 50,000 names.
        """
        if len(self.entries) >= _INDEXED_FROM:
            _ = self._trigrams, self.completion


def exact_in(indexes: Iterable[DimensionIndex], wanted: FoldedName) -> list[Sequence[Entry]]:
    """Return the exact matches in each of `indexes`."""
    return [index.exact(wanted) for index in indexes]


def _put(index: dict[str, list[Entry]], key: str, entry: Entry) -> None:
    found = index.setdefault(key, [])
    if entry not in found:
        found.append(entry)


def _order(keyed: tuple[str, str, Entry]) -> tuple[str, str, str]:
    return keyed[0], keyed[1], keyed[2].id
