"""Read a sentence of a person: what it means, and what of it was not understood.

Pure and total: no text makes it raise. Every word that carries meaning is either understood or named; a sentence with
a word that is left over is never answered.
"""

from datetime import datetime
from functools import partial
from itertools import chain

from bot.commands.meaning import Act, Meaning
from bot.errors import TooManyStepsError
from bot.language.composing.reason import Reason
from bot.language.marking.courtesies import without_courtesies
from bot.language.marking.cover import Cover
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.turned_words import turned, with_verbs
from bot.language.marking.worded_sentence import ENGLISH, MOST_MISSPELT, WordedSentence, covered, guessed, worded
from bot.language.reading.composer import Composer
from bot.language.reading.coverage import Coverage
from bot.language.reading.filters.filter_tail import filter_at, filtered
from bot.language.reading.follow_up import stands_beside
from bot.language.reading.only_if.conditioned import conditioned
from bot.language.reading.only_if.run_clause import run_clause, without
from bot.language.reading.reading import Reading, ReadingOutcome
from bot.language.reading.rivals import asked_between
from bot.language.reading.weighed_reading import FARTHEST, WeighedReading, weighed
from bot.language.text.reading_effort import MOST_STEPS, ReadingEffort, Work
from bot.names.span_lookup import SpanLookup

# A sentence about nothing that has a name has a word of these kinds: help, an account, digests, a greeting.
_COMMANDS = frozenset({"help", "account", "do", "digests"})
_TALK = frozenset({"small", "closing"})
# Words that only a question about licenses has. `best`, `who` and `exactly` are said in small talk too.
_ASKS = frozenset({"dim", "those", "measure", "use", "percent", "seats", "risk", "kind", "split", "share", "versus"})
_USAGE = ("act", "usage")


def is_about_names(sentence: WordedSentence) -> bool:
    """Return True if the sentence is certainly about something that has a name.

    It has a word of a question, or a word that no vocabulary explains; and none that a sentence about help, an account
    or digests has. It need not be read without names then.
    """
    if sum(sentence.unknown) > MOST_MISSPELT:  # the words of a long text are not corrected to its end
        return False
    guesses = tuple(guessed(sentence))
    marks = list(chain(guesses, *sentence.found))
    kinds = {mark.kind for mark in marks}
    if not kinds.isdisjoint(_COMMANDS):
        return False
    if not kinds.isdisjoint(_ASKS) or any((mark.kind, mark.value) == _USAGE for mark in marks):
        return True
    # A signature may follow in another line.
    if not kinds.isdisjoint(_TALK) or any(piece.breaks for piece in sentence.pieces):
        return False
    explained = {at for mark in guesses for at in range(mark.start, mark.end)}
    return any(unknown and at not in explained for at, unknown in enumerate(sentence.unknown))


class SentenceReader:
    """Reads the sentences of one person, whose names `lookup` knows."""

    def __init__(self, lookup: SpanLookup, now: datetime, most_steps: int = MOST_STEPS) -> None:
        self._most_steps = most_steps
        self._lookup = lookup
        self._now = now

    def read(self, text: str, language: str = ENGLISH, before: Meaning | None = None) -> Reading:
        """Return what `text` means; the arguments are those of `worded` and `read_worded`."""
        return self.read_worded(self._worded(text, language), before)

    def read_worded(self, sentence: WordedSentence, before: Meaning | None = None) -> Reading:
        """Return what the sentence means with the names of the lookup.

        `before` is the question that the person asked last in this conversation: a sentence that is not whole by itself
        changes it.
        """
        try:
            return self._reading(sentence, before)
        except TooManyStepsError:
            return Reading(ReadingOutcome.REFUSE, None, Reason.TOO_LONG)

    def _reading(self, sentence: WordedSentence, before: Meaning | None) -> Reading:
        if sentence.too_long:
            raise TooManyStepsError
        if not sentence.text.strip():
            return Reading(ReadingOutcome.REFUSE, None, Reason.EMPTY)
        effort = ReadingEffort(self._most_steps)
        ways = covered(sentence, self._lookup, effort=effort)
        best = next(ways)

        def read(cover: Cover) -> Reading:
            effort.spend(Work.MARK, len(cover.marks))
            return self._composed(sentence, before, cover)

        return asked_between(read(best), best, ways, read, sentence.said, sentence.costs.margins)

    def weighed(self, text: str, language: str = ENGLISH) -> WeighedReading:
        """Return what `text` means beside what else it could mean, and what decided."""
        return self.weighed_worded(self._worded(text, language))

    def weighed_worded(self, sentence: WordedSentence) -> WeighedReading:
        """Return what the sentence means beside what else it could mean, and what decided."""
        reading = self.read_worded(sentence)
        if reading.reason in (Reason.TOO_LONG, Reason.EMPTY):
            return WeighedReading(reading)
        effort = ReadingEffort(10 * self._most_steps)  # the same marks again, and more readings of them
        best, *others = covered(sentence, self._lookup, FARTHEST, effort)
        return weighed(reading, best, others, partial(self._composed, sentence, None), sentence.said)

    def _worded(self, text: str, language: str) -> WordedSentence:
        return worded(text, language, self._now, effort=ReadingEffort(self._most_steps))

    def _composed(self, sentence: WordedSentence, before: Meaning | None, cover: Cover) -> Reading:
        """Return what the sentence means if these are its marks."""
        stream = MarkStream(turned(with_verbs(without_courtesies(cover.marks, sentence.pieces))))
        after_digest = before is not None and before.act is Act.DIGEST
        clause = run_clause(sentence, stream, after_digest=after_digest)
        if clause is None:
            return self._asked(sentence, before, stream)
        beside = without(stream, clause)
        asked = None if stands_beside(stream, beside) else before
        rest = self._asked(sentence, asked, beside)
        span = Coverage(sentence, stream, self._lookup).span(clause.begin, clause.end)
        return conditioned(rest, clause, span, before, partial(self._asked, sentence, asked, stream))

    def _asked(self, sentence: WordedSentence, before: Meaning | None, stream: MarkStream) -> Reading:
        """Return what the sentence means without a condition on a digest."""
        if at := filter_at(sentence, stream):
            begin = stream.marks[at].start
            asked = MarkStream(mark for mark in stream.given if mark.start < begin)
            return filtered(self._read(sentence, before, asked), sentence, begin)
        return self._read(sentence, before, stream)

    def _read(self, sentence: WordedSentence, before: Meaning | None, stream: MarkStream) -> Reading:
        coverage = Coverage(sentence, stream, self._lookup)
        return Composer(sentence, stream, coverage, before, self._now).reading()
