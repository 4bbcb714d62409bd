"""Read a sentence without a directory of names. Pure."""

from datetime import datetime
from functools import cached_property

from cachetools import LRUCache

from bot.commands.command import Command
from bot.commands.meaning import Act
from bot.domain.licensing import Dimension, Entry
from bot.language.composing.reason import Reason
from bot.language.marking.marks import MarkKind
from bot.language.marking.worded_sentence import WordedSentence, worded
from bot.language.reading.reading import Reading
from bot.language.reading.sentence_reader import SentenceReader, is_about_names
from bot.language.reading.unlisted.unlisted_reader import UnlistedReader
from bot.language.text.reading_effort import MOST_STEPS, ReadingEffort
from bot.names.name_index import NameIndex
from bot.names.offline_names import OFFLINE_NAMES, OFFLINE_SPANS
from bot.usage.sentence_result import needs_names, result_of
from cards.views.answer_views import View

_REMEMBERED = 256  # sentences
_SHORT = 40  # characters of a sentence that is remembered
_NO_NAMES = NameIndex.of(()).spans
_FIXED = frozenset({Act.HELP, Act.ACCOUNT})


class FirstReading:
    """A sentence as it is read before the names that its person can see are known.

    `needs_names`: what it means is known with them only.
    """

    def __init__(self, sentence: WordedSentence, now: datetime, most_steps: int = MOST_STEPS) -> None:
        self.sentence = sentence
        self._now = now
        self._most_steps = most_steps
        self.needs_names = is_about_names(sentence) or needs_names(self.reading)

    @cached_property
    def reading(self) -> Reading:
        """Return what it means with the names of workloads and channels alone."""
        return self._read(self._most_steps)

    def offline(self, most_steps: int) -> Reading:
        """Return `reading`; if it was not read yet, in at most so many steps."""
        return self.reading if "reading" in vars(self) else self._read(most_steps)

    def _read(self, most_steps: int) -> Reading:
        return SentenceReader(OFFLINE_SPANS, self._now, most_steps).read_worded(self.sentence)

    @property
    def too_long(self) -> bool:
        """True if reading it takes more steps than it may."""
        return self.sentence.too_long or ("reading" in vars(self) and self.reading.reason is Reason.TOO_LONG)

    @property
    def is_fixed(self) -> bool:
        """True if it means the same for every person on every day.

        It has only words of the vocabularies then, and nothing that a person has said of someone.
        """
        meaning = self.reading.meaning if not self.needs_names else None
        if meaning is None or meaning.act not in _FIXED or any(self.sentence.unknown):
            return False
        return all(mark.kind != MarkKind.TIME for marks in self.sentence.found for mark in marks)


class FirstReadings:
    """Reads sentences before names are known.

    `help` and `sign in` are said often and mean the same each time: such readings are remembered.
    """

    def __init__(self) -> None:
        self._kept: LRUCache[tuple[str, str], FirstReading] = LRUCache(_REMEMBERED)

    def read(self, text: str, language: str, now: datetime, most_steps: int = MOST_STEPS) -> FirstReading:
        """Read `text` in at most so many steps; the other arguments are those of `worded`."""
        short = len(text) <= _SHORT
        first = self._kept.get((text, language)) if short else None
        if first is None:
            first = FirstReading(worded(text, language, now, effort=ReadingEffort(most_steps)), now, most_steps)
            if short and first.is_fixed:
                self._kept[text, language] = first
        return first


def offline_command(sentence: str, now: datetime) -> Command | View:
    """Return what the sentence asks, or the view that says why it is not answered.

    Any name is accepted.
    """
    return result_of(unlisted_reader(now).read(sentence), sentence)


def printed_command(sentence: str, now: datetime) -> Command | View:
    """Return what a printed sentence asks.

    Every name in it stays as it is printed, also that of a workload.
    """
    return result_of(UnlistedReader(_NO_NAMES, _entry_of, now).read(sentence), sentence)


def unlisted_reader(now: datetime) -> UnlistedReader:
    """Return the reader that has the names of workloads and channels only.

    Any other name is taken as it was typed.
    """
    return UnlistedReader(OFFLINE_SPANS, _entry_of, now)


def _entry_of(text: str, kind: Dimension) -> Entry:
    return OFFLINE_NAMES.find(text, (kind,)).entry
