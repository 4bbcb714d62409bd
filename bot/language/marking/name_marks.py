"""Find the names of the directory in a sentence. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.domain.licensing import Dimension
from bot.language.marking.costs import NameCosts
from bot.language.marking.marks import Mark, MarkKind, NameMark
from bot.language.marking.pieces import Piece
from bot.language.marking.word_marks import WordMarks
from bot.language.text.reading_effort import ReadingEffort, Work
from bot.language.vocabulary.vocabulary import CALLED, Vocabulary
from bot.names.name_folding import loose
from bot.names.span_lookup import Likeness, SpanLookup, SpanMatch

_LONGEST = 40  # pieces of a name
_PIECES_MISSPELT = 4
_TWO_LETTERS = 2
_PART = 3  # letters that a name has more than what was typed of it
_SHORT = 6
_QUOTES = frozenset('"“”„«»')
_COMPARISONS = frozenset("=<>≤≥≠")
_REST = 3  # letters of its last word
_STEM = 5  # letters of the beginning of a name without its ending
_LONG_NAME = 6  # words: no company is called by one of so many
_PART_OF_SPAN = 24  # letters
_ID = re.compile(r"[0-9a-fA-F]{8}")


class NameMarks:
    """Finds names in the pieces of a text, whole or in part, as typed or misspelt."""

    def __init__(
        self,
        lookup: SpanLookup,
        words: WordMarks,
        vocabularies: Sequence[Vocabulary],
        costs: NameCosts,
        text: str,
        pieces: Sequence[Piece],
        effort: ReadingEffort,
    ) -> None:
        self._effort = effort
        self._text = text
        self._pieces = pieces
        self._known = words.known(pieces)
        self._ands = words.meaning(pieces, "and", but="or")  # no name writes `or` as `&`
        self._compared = {at for at, piece in enumerate(pieces) if piece.text in _COMPARISONS}
        self._prepositions = words.meaning(pieces, "prep")
        self._costs = costs
        self._likely = {
            Likeness.EXACT: costs.exact,
            Likeness.LEADING: costs.leading,
            Likeness.JOINED: costs.joined,
            Likeness.INNER: costs.inner,
            Likeness.NEAR: costs.near,
        }
        self._lookup = lookup
        self._words = words
        self._respelling = [vocabulary for vocabulary in vocabularies if vocabulary.spellings]
        self._endings = [each.name_endings for each in vocabularies if each.name_endings.plain]

    def at(self, start: int) -> Iterator[Mark]:
        """Yield the names that begin with the piece at `start`."""
        text, pieces = self._text, self._pieces
        for end in range(start + 1, min(start + _LONGEST, len(pieces)) + 1):
            if pieces[end - 1].breaks and end - 1 > start:
                return
            typed = _unquoted(text[pieces[start].left : pieces[end - 1].right])
            self._effort.spend(Work.SPAN, 1 + len(typed) // _PART_OF_SPAN)
            yield from self._whole(typed, start, end)
            if not self._may_go_on(typed, start, end):
                return
            self._effort.spend(Work.NAME)
            if end > start + _SHORT and not self._is_long(typed):
                return

    def _is_long(self, typed: str) -> bool:
        """Return True if a name of more words than most may begin so."""
        return _is_open(typed) or _holds_an_id(typed) or self._lookup.begins(loose(typed))

    def _may_go_on(self, typed: str, start: int, end: int) -> bool:
        """Return False if no name continues after these pieces."""
        if self._lookup.may_name(typed) or (typed[0] in _QUOTES and _QUOTES.isdisjoint(typed[1:])):
            return True
        # Written otherwise: `Mueller`, and the word for `&` in `Müller und Söhne`.
        said = typed.casefold()
        kept = (self._pieces[at].folded for at in range(start, end) if at not in self._ands)
        other = said if end == start + 1 else " ".join(kept)
        ways = {other, *(each.respelled(other) for each in self._respelling)} - {said, ""}
        return any(map(self._lookup.may_name, ways))

    def _whole(self, typed: str, start: int, end: int) -> Iterator[Mark]:
        """Yield what exactly these pieces name: as typed, else without an ending or written otherwise."""
        if not _may_be_a_name(self._pieces, start, end):
            return
        look = self._lookup.look
        seen = look(typed)
        matches = seen.matches
        dearer = [0.0 if len(matches) < 2 or _is_called(match, typed) else self._costs.alias for match in matches]
        marks = [mark for match, more in zip(matches, dearer, strict=True)
                 if (mark := self._mark(match, start, end, more))]  # fmt: skip
        if marks:
            yield from marks
            return
        whole = self._pieces[start].text[0].isalnum()  # not the sign of `30% teamsen`
        stems = list(dict.fromkeys(stem for each in self._endings for stem in each.stems(typed) if whole))
        found = [(match, True) for stem in stems for match in look(stem).matches if _is_sure(match, stem)]
        for other in self._written_otherwise(typed, start, end):
            found += [(match, False) for match in look(other).matches if match.likeness <= Likeness.LEADING]
        inflected = False
        for match, is_stem in found:
            if mark := self._mark(match, start, end, self._costs.inflected):
                inflected = inflected or is_stem
                yield mark
        if seen.is_guid:
            yield Mark(start, end, MarkKind.NAME, NameMark(()), self._costs.exact)
        if whole and not inflected and (seen.is_product or any(look(stem).is_product for stem in stems)):
            yield self._absent(typed, start, end)

    def _absent(self, typed: str, start: int, end: int) -> Mark:
        """Return the mark of a product that no customer here has."""
        # A longer name is surer: Teams Premium is not Teams.
        cost = max(self._costs.exact, self._costs.absent - self._costs.longer * (end - start - 1))
        return Mark(start, end, MarkKind.NAME, NameMark((), product=typed), cost)

    def _written_otherwise(self, typed: str, start: int, end: int) -> Iterator[str]:
        """Yield `Müller Söhne` for `Müller und Söhne`, and `Müller` for `Mueller`."""
        joined = self._without_and(start, end) or typed
        if joined == typed and not self._respelling:
            return
        for text in dict.fromkeys((joined, *(each.respelled(joined.casefold()) for each in self._respelling))):
            if text != typed:
                yield text

    def _without_and(self, start: int, end: int) -> str:
        """Return the words of `Müller und Söhne` without the one that the name writes as `&`; "" if there is none."""
        pieces, inner = self._pieces, range(start + 1, end - 1)
        if self._ands.isdisjoint(inner) or not any(at in self._ands and pieces[at].text.isalpha() for at in inner):
            return ""
        if (
            pieces[start].is_sign or pieces[end - 1].is_sign
        ):  # a quotation ends in `" and Teams`, one begins in `Teams and "`
            return ""
        kept = (pieces[at].text for at in inner if at not in self._ands)
        return " ".join([pieces[start].text, *kept, pieces[end - 1].text])

    def _mark(self, match: SpanMatch, start: int, end: int, dearer: float) -> Mark | None:
        pieces = self._pieces
        said = [at for at in range(start, end) if not pieces[at].is_sign]
        numbered = match.dimension is Dimension.PRODUCT and len(said) > 1 and pieces[said[-1]].text.isdigit()
        quoted = pieces[start].text in _QUOTES and pieces[end - 1].text in _QUOTES  # then it is no other word
        wordy = not (numbered or quoted) and all(self._known[at] or pieces[at].text.isdigit() for at in said)
        if match.likeness is not Likeness.EXACT and not pieces[start].text[0].isalnum():
            return None  # a part of a name begins with a word
        if match.likeness is not Likeness.EXACT and not self._compared.isdisjoint(said):
            return None  # `exchange = 1` is no product with a 1 in its name
        alone = len(said) == 1
        if alone and _is_too_little(match, wordy=wordy):
            return None
        cost = self._likely[match.likeness] + dearer + (self._costs.wordy if wordy and len(said) < 3 else 0.0)
        cost += self._costs.numbered if numbered else 0.0  # "plan 1"
        if match.likeness is not Likeness.EXACT and said[0] in self._prepositions:
            cost += self._costs.hanging
        if match.likeness is Likeness.EXACT and alone and len(pieces[said[0]].folded) <= _TWO_LETTERS:
            cost += self._costs.letters
        named = NameMark(match.entries, exact=match.likeness is Likeness.EXACT)
        if match.likeness is Likeness.INNER and alone:
            # "usage in Europe" is hardly short for Contoso Europe: it is offered, not answered.
            named = NameMark((), nearest=match.entries)
        return Mark(start, end, MarkKind.NAME, named, cost)

    def called(self, marks: Iterable[Mark]) -> Iterator[Mark]:
        """Put names where words of the vocabulary are other words for them.

        `revendeur` is the channel `reseller`.
        """
        for mark in marks:
            if mark.kind != CALLED:
                yield mark
                continue
            for match in self._lookup.find(str(mark.value)):
                if match.likeness is Likeness.EXACT:
                    yield replace(mark, kind=MarkKind.NAME, value=NameMark(match.entries, exact=True))

    def misspelt(self, start: int, unknown: Sequence[bool]) -> Iterator[Mark]:
        """Yield the names of which the pieces from `start` may be a misspelling.

        `unknown` is per piece.
        """
        text, pieces = self._text, self._pieces
        for end in range(start + 1, min(start + _PIECES_MISSPELT, len(pieces)) + 1):
            last, signs = pieces[end - 1], pieces[end - 1].is_sign or end - 1 in self._ands
            if not unknown[end - 1] and not signs and not self._is_of_a_name(last.text):
                return  # a word of the language is spelled right, and no name has it
            if signs or pieces[start].is_sign or (last.breaks and end - 1 > start):
                continue
            if not any(unknown[start:end]) or (end == start + 1 and self._words.is_real(pieces[start].folded)):
                continue
            typed = text[pieces[start].left : pieces[end - 1].right]
            self._effort.spend(Work.NEAR)
            for match, dearer in self._near(typed):
                cost = self._costs.near + self._costs.edit * match.edits + dearer
                cost += self._costs.customer if match.dimension is Dimension.CUSTOMER else 0.0
                named = NameMark(match.entries, corrected=True)
                yield Mark(start, end, MarkKind.NAME, named, cost)

    def _is_of_a_name(self, word: str) -> bool:
        ways = (word, *(stem for each in self._endings for stem in each.stems(word)))
        return any(map(self._lookup.has_words, ways))

    def _near(self, typed: str) -> Iterator[tuple[SpanMatch, float]]:
        """Yield what `typed`, or else `typed` without an ending, may be a misspelling of."""
        found = list(_likeliest(self._lookup.near(typed), typed))
        yield from ((match, 0.0) for match in found)
        for stem in () if found else dict.fromkeys(stem for each in self._endings for stem in each.stems(typed)):
            if len(stem) >= _STEM and len(stem.split()[-1]) >= _REST:
                yield from ((match, self._costs.inflected) for match in self._lookup.near(stem))


def _is_called(match: SpanMatch, typed: str) -> bool:
    """Return True unless `typed` is only an alias of it."""
    return match.likeness is not Likeness.EXACT or any(loose(typed) in (loose(entry.name), loose(entry.id))
                                                       for entry in match.entries)  # fmt: skip


def _is_sure(match: SpanMatch, stem: str) -> bool:
    """Return True for a name in full, or for enough of its beginning: short stems would make words customers."""
    long = len(stem) >= _STEM or match.dimension is Dimension.PRODUCT
    return match.likeness is Likeness.EXACT or (match.likeness is Likeness.LEADING and long)


def _likeliest(matches: Sequence[SpanMatch], typed: str) -> Iterator[SpanMatch]:
    """Leave out a customer of whose name only the first word is near, if something else is as near as that."""
    others = [match.edits for match in matches if match.dimension is not Dimension.CUSTOMER]
    for match in matches:
        part = all(len(loose(entry.name)) > len(typed) + _PART for entry in match.entries)
        if match.dimension is not Dimension.CUSTOMER or not part or not others or match.edits < min(others):
            yield match


def _holds_an_id(typed: str) -> bool:
    return len(typed) < 120 and _ID.search(typed) is not None


def _is_open(typed: str) -> bool:
    """Return True within quotes or brackets: `"Contoso (contoso.example` continues."""
    return typed.count("(") > typed.count(")") or (typed[0] in _QUOTES and _QUOTES.isdisjoint(typed[1:]))


def _unquoted(typed: str) -> str:
    """Return a quoted name without its quotes. A quote inside is a part of the name."""
    inner = typed[1:-1]
    quoted = typed[:1] in _QUOTES and typed[-1:] in _QUOTES and not _QUOTES.intersection(inner)
    return inner if quoted and inner else typed


def _may_be_a_name(pieces: Sequence[Piece], start: int, end: int) -> bool:
    """Return False for signs alone, and for a sign or a possessive at the end that no name has."""
    first, last = pieces[start], pieces[end - 1]
    if last.folded == "'s" or (first.is_sign and end == start + 1):
        return False
    if last.text == ">":  # the end of a tag, not of `teams > 75%`
        return any(piece.text == "<" for piece in pieces[start:end])
    return end == start + 1 or last.text in '."”)' or any(map(str.isalnum, last.text))


def _is_too_little(match: SpanMatch, *, wordy: bool) -> bool:
    """Return True if one word is too little to mean the name. `wordy`: it has another meaning."""
    if match.likeness is Likeness.INNER and len(match.entries[0].name.split()) > _LONG_NAME:
        return True
    if not wordy:
        return False
    is_leading = match.likeness is Likeness.LEADING and match.dimension is not Dimension.PRODUCT
    return is_leading or match.likeness >= Likeness.INNER
