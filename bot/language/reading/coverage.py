"""What of a sentence was understood, and what was not. Pure.

The rule of the reader: every word that carries meaning is understood, or it is named and the sentence is not answered.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from bot.commands.meaning import Meaning, Named
from bot.domain.licensing import Dimension, Entry
from bot.language.composing.question import HARMLESS
from bot.language.composing.reason import Reason
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import Mark, MarkKind, NameMark
from bot.language.marking.worded_sentence import WordedSentence
from bot.language.reading.filters.filter_tail import question_end
from bot.language.reading.limits.seat_measures import seats_of
from bot.language.reading.reading import Reading, ReadingOutcome, ReadSpan, SpellingCorrection
from bot.language.reading.unknown_zone import unknown_zone
from bot.language.text.tokenizer import DOUBLE_QUOTES, Token, TokenKind, tokens
from bot.names.name_folding import loose
from bot.names.product_words import shown_elsewhere
from bot.names.span_lookup import SpanLookup


class Coverage:
    """The marks of a sentence, and which of them were taken."""

    def __init__(self, sentence: WordedSentence, stream: MarkStream, lookup: SpanLookup) -> None:
        self._sentence = sentence
        self._stream = stream
        self._lookup = lookup

    def finished(self, meaning: Meaning) -> Reading:
        """Return the reading of `meaning`, asking or refusing for what is not clear."""
        stream = self._stream
        unknown = stream.left(lambda mark: mark.kind not in HARMLESS)
        spans, corrected = self.spans(), self._corrections()
        # Words that nothing explains say more than what is left beside them.
        ordered = sorted(unknown, key=lambda mark: mark.kind != MarkKind.UNKNOWN)
        missing = tuple(self._span(mark) for mark in ordered)
        base = Reading(ReadingOutcome.ANSWER, meaning, understood=spans, corrected=corrected, not_understood=missing)
        scheduled = meaning.schedule is not None or meaning.clock is not None
        zone = unknown_zone(self._sentence.pieces, unknown) if scheduled else None
        if zone is not None and all(zone.start <= mark.start and mark.end <= zone.end for mark in unknown):
            what, spans = self.said(zone), (self._span(zone),)
            return replace(
                base, outcome=ReadingOutcome.ASK, reason=Reason.NO_SUCH_ZONE, what=what, not_understood=spans
            )
        absent = self._absent([mark for mark in unknown if zone is None or not zone.start <= mark.start < zone.end])
        if absent is not None:
            text, nearest = absent
            base = replace(base, meaning=replace(meaning, names=self._beside(unknown, meaning.names)))
            outcome = ReadingOutcome.ASK if nearest else ReadingOutcome.REFUSE
            named = replace(base, outcome=outcome, reason=Reason.NO_SUCH_NAME, what=text, nearest=nearest)
            # Of what was sold it is a name that no list has: only its use is shown elsewhere.
            elsewhere = shown_elsewhere(loose(text)) if seats_of(meaning) is None else ""
            return (
                replace(named, outcome=ReadingOutcome.REFUSE, reason=Reason.NOT_OFFERED, what=elsewhere, nearest=())
                if elsewhere
                else named
            )
        unread = self._unread_quote(unknown)
        if unread is not None and unread.text:
            similar = self._lookup.similar(unread.text)
            outcome = ReadingOutcome.ASK if similar else ReadingOutcome.REFUSE
            return replace(base, outcome=outcome, reason=Reason.NO_SUCH_NAME, what=unread.text, nearest=similar)
        if unread is not None:
            missing = (*missing, ReadSpan(self._sentence.text[unread.start : unread.end], unread.start))
            base = replace(base, not_understood=missing)
        if missing:
            words = ", ".join(dict.fromkeys(span.text for span in missing))
            return replace(base, outcome=ReadingOutcome.REFUSE, reason=Reason.NOT_UNDERSTOOD, what=words)
        several = next((each for each in meaning.names if len(each.entries) > 1), None)
        if several is not None:
            return replace(base, outcome=ReadingOutcome.ASK, reason=Reason.SEVERAL, what=several.text,
                           choices=_each(meaning, several))  # fmt: skip
        return base

    def _absent(self, unknown: Sequence[Mark]) -> tuple[str, tuple[Entry, ...]] | None:
        """Return a name that no customer has, and the nearest ones; None if there is none."""
        missed = set(map(id, unknown))
        for at, mark in enumerate(self._stream.marks):
            if id(mark) not in missed:
                continue
            if isinstance(mark.value, NameMark):
                return self.said(mark), mark.value.nearest or self._products(mark.value.product)
            if mark.kind == MarkKind.UNKNOWN and self._is_like_a_name(at):
                end = at
                while end + 1 < len(self._stream) and self._stream.marks[end + 1].kind == MarkKind.UNKNOWN:
                    end += 1
                text = self.text(mark.start, self._stream.marks[end].end)
                return text, self._lookup.similar(text)
        return None

    def _unread_quote(self, unknown: Sequence[Mark]) -> Token | None:
        """Return a quoted name of which nothing was understood; None if there is none.

        What is in quotes is a name, also if its words are harmless elsewhere: `usage for "Hello"` is no question about
        all customers. If there is nothing in them, they count where a name would be.
        """
        stream, pieces, typed = self._stream, self._sentence.pieces, self._sentence.typed
        read = [mark for at, mark in enumerate(stream.marks) if at in stream.taken or isinstance(mark.value, NameMark)]
        places = [(pieces[mark.start].left, pieces[mark.end - 1].right) for mark in (*read, *unknown)]
        before = {pieces[mark.end - 1].right for mark in stream.marks if mark.kind == "prep"}
        end = question_end(typed.text)
        for token in tokens(typed):
            if token.kind is not TokenKind.QUOTED or token.left >= end:
                continue
            if any(left < token.right and token.left < right for left, right in places):
                continue
            if token.text or len(typed.text[: token.left].rstrip()) in before:
                return token
        return None

    def _products(self, text: str) -> tuple[Entry, ...]:
        similar = self._lookup.similar(text) if text else ()
        return tuple(entry for entry in similar if entry.dimension is Dimension.PRODUCT)

    def _is_like_a_name(self, at: int) -> bool:
        """Return True for an unknown word where a name would be: after a preposition, or before `használata`."""
        if at and self._stream.marks[at - 1].kind in ("prep", "follow"):
            return True
        after = self._behind_names[at] if self._sentence.declined else None
        return after is not None and (after.kind, after.value) == ("act", "usage")

    @cached_property
    def _behind_names(self) -> list[Mark | None]:
        """For each mark the first one, from it on, that is neither unknown nor a name."""
        found: list[Mark | None] = []
        after = None
        for mark in reversed(self._stream.marks):
            after = after if mark.kind in (MarkKind.UNKNOWN, MarkKind.NAME) else mark
            found.append(after)
        return found[::-1]

    def _beside(self, unknown: Sequence[Mark], names: tuple[Named, ...]) -> tuple[Named, ...]:
        """Return the names without those listed with an absent one: `Visio and Exchange` is not Exchange alone."""
        marks = self._stream.marks
        missed = set(map(id, unknown))
        listed: set[tuple[Entry, ...]] = set()
        for at, mark in enumerate(marks):
            if id(mark) not in missed:
                continue
            for step in (-1, 1):
                joint, other = at + step, at + 2 * step
                named = marks[other].value if 0 <= other < len(marks) and marks[joint].kind == "and" else None
                if isinstance(named, NameMark):
                    listed.add(named.entries)
        return tuple(each for each in names if each.entries not in listed)

    def _corrections(self) -> tuple[SpellingCorrection, ...]:
        found: dict[SpellingCorrection, None] = {}
        for at, mark in enumerate(self._stream.marks):
            named = mark.value
            if isinstance(named, NameMark) and named.corrected and at in self._stream.taken and named.entries:
                found[SpellingCorrection(self.said(mark), named.entries[0].name)] = None
        for mark in self._stream.misspelt:
            found[SpellingCorrection(self.said(mark), mark.right)] = None
        return tuple(found)

    def spans(self) -> tuple[ReadSpan, ...]:
        stream = self._stream
        return tuple(
            replace(self._span(stream.marks[at]), taken_for=label) for at, label in sorted(stream.taken.items())
        )

    def _span(self, mark: Mark) -> ReadSpan:
        return self.span(mark.start, mark.end)

    def span(self, first: int, end: int) -> ReadSpan:
        """Return the pieces from `first` up to `end` as they were typed."""
        origin = self._sentence.typed.origin
        left, right = self._sentence.pieces[first].left, self._sentence.pieces[end - 1].right
        start = origin[left]
        return ReadSpan(self._sentence.text[start : origin[right - 1] + 1], start)

    def said(self, mark: Mark) -> str:
        return self.text(mark.start, mark.end)

    def text(self, start: int, end: int) -> str:
        return self._sentence.typed.text[self._sentence.pieces[start].left : self._sentence.pieces[end - 1].right]

    def quoted(self, start: int) -> str:
        """Return the quoted text that ends the sentence, with piece `start` in it.

        "" if there is none.
        """
        pieces = self._sentence.pieces
        begin = max(start - 1, 0) if pieces[start].text not in DOUBLE_QUOTES else start
        whole = self._sentence.typed.text[pieces[begin].left :].strip()
        inner = whole[1:-1]
        is_quoted = len(whole) > 2 and whole[0] in DOUBLE_QUOTES and whole[-1] in DOUBLE_QUOTES
        return inner.strip() if is_quoted and DOUBLE_QUOTES.isdisjoint(inner) else ""


def _each(meaning: Meaning, several: Named) -> tuple[Meaning, ...]:
    """Return the question with each of the entries that the name may mean."""
    return tuple(
        replace(
            meaning,
            names=tuple(replace(each, entries=(entry,)) if each is several else each for each in meaning.names),
        )
        for entry in several.entries
    )
