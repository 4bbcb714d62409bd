"""Find what a part of a sentence may name, in every dimension at once. Pure.

`NameIndex.find` resolves a text that is certainly a name. Here any span of a sentence is tried, so a span must be a
whole name, an alias, or whole words of one name; similar names are looked for only if nothing else fits.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from itertools import islice

from bot.domain.licensing import Dimension, Entry
from bot.names.dimension_index import DimensionIndex, exact_in
from bot.names.misspelt_names import MisspeltNames
from bot.names.name_folding import FoldedName, forms, loose
from bot.names.product_words import ProductName
from bot.names.span_words import SpanWords

_OFFERED = 10
_OPEN = re.compile(r"[(\[{<]")  # a name with a detail, or with a sign of a trademark
_ID = re.compile(r"[0-9a-fA-F]{8}")
_TAG = re.compile(r"<[^<>]*>")
_RARE = 3  # a word inside of more names than this distinguishes none of them
_INNER = 4  # letters of a single word inside a name
_LEGAL = frozenset({
    "ltd", "limited", "inc", "incorporated", "llc", "llp", "gmbh", "ag", "kg", "ug", "se", "sa", "sas", "sarl", "bv",
    "nv", "vof", "oy", "oyj", "ab", "as", "aps", "pty", "plc", "co", "corp", "corporation", "company", "kft", "zrt",
    "bt", "nyrt", "srl", "spa", "sl", "slu", "kk", "lda",
})  # fmt: skip


class Likeness(IntEnum):
    """How a text resembles a name, the surest first."""

    EXACT = 0
    LEADING = 1  # the first words of the name, in full
    JOINED = 2  # with other blanks: `testcompany`
    INNER = 3  # other words of the name, in full
    NEAR = 4  # misspelt


@dataclass(frozen=True, slots=True)
class SpanMatch:
    """The entries of a dimension that a span may name, at most ten of `total`."""

    dimension: Dimension
    entries: tuple[Entry, ...]
    likeness: Likeness
    edits: int = 0


@dataclass(frozen=True, slots=True)
class SpanFinding:
    """What a span may name, with the surest likeness of each dimension.

    `is_guid`: it is an id, whether or not something has it. `is_product`: Microsoft sells a product of that name.
    """

    matches: tuple[SpanMatch, ...]
    is_guid: bool
    is_product: bool


_NOTHING = SpanFinding((), is_guid=False, is_product=False)


def bare(name: str) -> str:
    """Return a folded name without legal forms at its end.

    `sterling glass ab` is `sterling glass`.
    """
    words = name.split()
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return " ".join(words)


class SpanLookup:
    """Looks spans up in the indexes of one person's names.

    What `other` has of the same indexes is used again.
    """

    def __init__(self, indexes: dict[Dimension, DimensionIndex], other: "SpanLookup | None" = None) -> None:
        self.indexes = indexes
        self._indexes = tuple(indexes.values())
        made: dict[int, _Spans] = {} if other is None else other.made
        self.made: dict[int, _Spans] = {
            id(index): made.get(id(index)) or _Spans(kind, index) for kind, index in indexes.items()
        }
        self._dimensions = list(self.made.values())
        customers = indexes.get(Dimension.CUSTOMER)
        self._is_empty = customers is None or not customers.entries
        self._customers = next((each for each in self._dimensions if each.dimension is Dimension.CUSTOMER), None)
        self._has_domains = any(index.has_domains for index in self._indexes)
        self._folded = lru_cache(4_096)(FoldedName.of)
        self.look = lru_cache(4_096)(self._look)
        self.near = lru_cache(512)(self._near)

    def warm(self) -> None:
        """Build what the first misspelled name would wait for.

        Safe to call from another thread.
        """
        for spans in self._dimensions:
            spans.warm()
        _ = self._words

    @cached_property
    def _words(self) -> SpanWords:
        customers = self._customers
        rest = [spans for spans in self._dimensions if spans is not customers]
        others = (word for spans in rest for word in (*spans.words, *spans.index.words_of_ids()))
        if customers is None:
            return SpanWords((), others, ())
        return SpanWords((*customers.words, *customers.index.words_of_ids()), others, customers.joined)

    def may_name(self, text: str) -> bool:
        """Return False if neither `text` nor anything that begins with it names something."""
        return self._may_be(self._folded(text))

    def has_words(self, text: str) -> bool:
        """Return True if each word of `text` is a word of some name."""
        return self._words.has(self._folded(text).loose)

    def _may_be(self, wanted: FoldedName) -> bool:
        words, text = self._words, wanted.text
        if words.has(wanted.loose) or _OPEN.search(text) or _ID.search(text):
            return True
        is_domain = self._has_domains and " " not in text and text[0].isalnum()
        return is_domain or words.begins_joined(wanted.loose)

    def find(self, text: str) -> tuple[SpanMatch, ...]:
        """Return what `text` may name, with the surest likeness of each dimension."""
        return self.look(text).matches

    def _look(self, text: str) -> SpanFinding:
        wanted = self._folded(text)
        if not self._may_be(wanted):
            return _NOTHING
        product = ProductName.of(wanted.loose)
        return SpanFinding(self._matches(wanted, product), wanted.is_guid, product.is_sold)

    def _matches(self, wanted: FoldedName, product: ProductName) -> tuple[SpanMatch, ...]:
        if self._is_empty and wanted.is_guid:  # no names are known: an id is taken as it is
            entry = Entry(Dimension.CUSTOMER, wanted.id, wanted.id)
            return (SpanMatch(Dimension.CUSTOMER, (entry,), Likeness.EXACT),)
        exact = zip(self._dimensions, exact_in(self._indexes, wanted), strict=True)
        return tuple(match for spans, entries in exact if (match := spans.find(wanted, entries, product)))

    def _near(self, text: str) -> tuple[SpanMatch, ...]:
        """Return the entries that `text` may be a misspelling of, the nearest first."""
        typed = loose(text)
        found = [match for spans in self._dimensions if (match := spans.near(typed))]
        return tuple(sorted(found, key=lambda match: match.edits))

    def begins(self, text: str) -> bool:
        """Return True if some name continues after `text`, folded."""
        return any(spans.begins(text) for spans in self._dimensions)

    def has_word(self, word: str) -> bool:
        """Return True if the name of some customer has `word`, folded."""
        return self._customers is not None and word in self._customers.words

    def similar(self, text: str, count: int = 3) -> tuple[Entry, ...]:
        """Return the most similar entries of any kind, to be offered."""
        found = [near for index in self._indexes for near in index.near(text)[:count]]
        return tuple(near.entry for near in sorted(found, key=lambda near: -near.score)[:count])


class _Spans:
    def __init__(self, dimension: Dimension, index: DimensionIndex) -> None:
        self.dimension = dimension
        self.index = index
        self._names = index.names
        self.words: dict[str, list[int]] = {}
        for at, name in enumerate(self._names):
            for word in dict.fromkeys(name.split()):
                self.words.setdefault(word, []).append(at)
        self._sizes = [len(set(name.split())) for name in self._names]  # different words

    def warm(self) -> None:
        """Build what the first misspelled name would wait for."""
        _ = self.joined, self._misspelt

    def begins(self, text: str) -> bool:
        at = bisect_left(self._names, text)
        return at < len(self._names) and self._names[at].startswith(text)

    def find(self, wanted: FoldedName, exact: Sequence[Entry], product: ProductName) -> SpanMatch | None:
        """Return what `wanted` may name; `exact` are the entries of that very name."""
        if exact:
            return self._match(exact, Likeness.EXACT)
        if len(wanted.loose) < 2:
            return None
        if self.dimension is Dimension.PRODUCT:
            return self._product(wanted.loose, product)
        return self._customer(wanted) if self.dimension is Dimension.CUSTOMER else None

    def _customer(self, wanted: FoldedName) -> SpanMatch | None:
        """Return the customers with these words at the start, with other blanks, or inside."""
        if leading := self._leading(wanted.loose):
            return self._match(leading, Likeness.LEADING)
        if " and " in wanted.loose and (signed := self._leading(wanted.loose.replace(" and ", " "))):
            return self._match(signed, Likeness.JOINED)  # the name has a sign: `O'Brien & Sons`
        if joined := self.joined.get(wanted.loose.replace(" ", "")):
            return self._match([self.index.entries[at] for at in joined], Likeness.JOINED)
        return self._inner(wanted.loose)

    def _match(self, entries: Sequence[Entry], likeness: Likeness, edits: int = 0) -> SpanMatch:
        return SpanMatch(self.dimension, tuple(islice(dict.fromkeys(entries), _OFFERED)), likeness, edits)

    def _leading(self, text: str) -> list[Entry]:
        if len(text) < 3:
            return []
        start = bisect_left(self._names, text)
        found = []
        for at in range(start, min(start + 200, len(self._names))):
            name = self._names[at]
            if not name.startswith(text):
                break
            if name == text or name[len(text)] == " ":
                found.append(at)
        whole = [at for at in found if bare(self._names[at]) == text]
        return [self.index.entries[at] for at in whole or found]

    def _inner(self, text: str) -> SpanMatch | None:
        """Return the names with these whole words inside. A single word must be rare."""
        words = text.split()
        if any(word not in self.words for word in words) or (len(words) == 1 and len(text) < _INNER):
            return None
        if all(word in _LEGAL for word in words):
            return None
        rarest = min((self.words[word] for word in words), key=len)
        if len(rarest) > (_RARE if len(words) == 1 else 200):
            return None
        found = [self.index.entries[at] for at in rarest if f" {text} " in f" {self._names[at]} "]
        return self._match(found, Likeness.INNER) if found else None

    def _product(self, text: str, product: ProductName) -> SpanMatch | None:
        """Return the products whose names have all these words: `o365 e3`, `exchange plan 1`."""
        typed = product.words
        if typed is None:
            return None
        with_each = [self.words.get(word, ()) for word in typed]
        names = set(with_each[0]).intersection(*with_each[1:])
        if not names:
            return None
        least = min(self._sizes[at] for at in names)
        best = [self.index.entries[at] for at in sorted(names) if self._sizes[at] == least]
        return self._match(best, Likeness.LEADING if len(text) > 2 or product.is_sold else Likeness.INNER)

    @cached_property
    def joined(self) -> dict[str, list[int]]:
        """Return the positions of the names by how they are written without blanks."""
        found: dict[str, list[int]] = {}
        untagged = forms(_TAG.sub("", entry.name) for entry in self.index.entries)
        for at, (name, (tagless, _)) in enumerate(zip(self._names, untagged, strict=True)):
            for form in {name, bare(name), tagless}:
                found.setdefault(form.replace(" ", ""), []).append(at)
        return found

    @cached_property
    def _misspelt(self) -> MisspeltNames:
        return MisspeltNames(self._forms())

    def _forms(self) -> dict[tuple[str, Entry], None]:
        """Return every form that may be misspelt, without blanks."""
        found: dict[tuple[str, Entry], None] = {}
        for name, entry in zip(self._names, self.index.entries, strict=True):
            short = bare(name)
            found[name.replace(" ", ""), entry] = None
            found[short.replace(" ", ""), entry] = None
            first = short.split()[0]
            if self.dimension is Dimension.CUSTOMER and len(first) > 4 and len(self.words[first]) == 1:
                found[first, entry] = None
        for alias, entry in self.index.aliases:
            if len(alias) > 4:
                found[alias.replace(" ", ""), entry] = None
        return found

    def near(self, typed: str) -> SpanMatch | None:
        entries, edits = self._misspelt.nearest(typed.replace(" ", ""))
        return self._match(entries, Likeness.NEAR, edits) if entries else None
