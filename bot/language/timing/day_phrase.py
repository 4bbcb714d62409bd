"""Read the days of a schedule: every mon and fri; on the 1st of each month. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from bot.commands.command import ParseProblem
from bot.domain.recurrence import Monthly, Weekly
from bot.language.text.lexicon import Lexicon
from bot.language.text.phrase_matcher import typing_error
from bot.language.text.phrase_problem import PhraseProblem
from bot.language.text.token_window import COMMA, TokenWindow
from bot.language.timing.month_day_phrase import MonthDayPhrases
from bot.language.timing.single_day_phrase import single_day
from bot.language.timing.weekday_phrase import WeekdayPhrases

_TYPO = 0.3
_MONDAY = frozenset({0})


@dataclass(frozen=True, slots=True)
class DayCandidate:
    """Days that end before token `end`, or the problem with them.

    `at` is the time that the words imply ("every morning"). `loose`: it is a schedule only after a request for a
    digest; with `sure_when_timed` also if a time follows. `vague`: the words do not say which day ("every week"), so
    the day may follow.
    """

    end: int
    on: Weekly | Monthly | PhraseProblem
    cost: float = 0.0
    loose: bool = False
    sure_when_timed: bool = False
    vague: bool = False
    at: time | None = None


class DayPhrases:
    """The days of one sentence."""

    def __init__(self, words: TokenWindow, lexicon: Lexicon) -> None:
        self._words = words
        self._lexicon = lexicon
        self._language = lexicon.data.schedule
        self._weekdays = lexicon.data.weekdays
        self._week_days = WeekdayPhrases(words, lexicon)
        self._month_days = MonthDayPhrases(words, lexicon)

    def at(self, index: int) -> Iterator[DayCandidate]:
        """Yield the days that may begin at `index`."""
        language, words = self._language, self._words
        start = words.skip(index, language.on)
        if end := single_day(words, start, self._lexicon):
            wrong = PhraseProblem(ParseProblem.SINGLE_DAY, index, end, ())
            yield DayCandidate(end, wrong, loose=True)
        if words[start] in language.every:
            yield from self._every(start + 1)
        elif alone := words.longest(start, language.alone):
            yield DayCandidate(alone[1], Weekly(language.alone[alone[0]]))
        elif alone := words.longest(start, language.weekly):
            yield from self._vague(DayCandidate(alone[1], Weekly(_MONDAY), vague=True))
        elif alone := words.longest(start, language.monthly):
            yield from self._vague(DayCandidate(alone[1], Monthly(1), vague=True))
        elif words[start] in language.odd:
            yield DayCandidate(
                start + 1, PhraseProblem(ParseProblem.BAD_SCHEDULE, start, start + 1, language.expected["alone"])
            )
        else:
            yield from self._named(start, led=start > index)
            if start > index or words[start] in language.the | language.last:
                yield from self._of_month(start)

    def refined(self, index: int, vague: DayCandidate) -> Iterator[DayCandidate]:
        """Yield the day of the week or month that the words at `index` add to `vague`."""
        start = self._words.skip(index, self._language.on)
        if isinstance(vague.on, Weekly):
            for end, days in self._week_days.at(start, plural=None):
                yield DayCandidate(end, Weekly(days))
            return
        for end, on in self._month_days.at(start):
            yield DayCandidate(end, on)

    def _vague(self, days: DayCandidate) -> Iterator[DayCandidate]:
        yield days
        yield from self.refined(days.end, days)

    def _every(self, start: int) -> Iterator[DayCandidate]:
        """Yield the days after the word `every`."""
        language, words = self._language, self._words
        if words[start] in language.week:
            yield from self._vague(DayCandidate(start + 1, Weekly(_MONDAY), vague=True))
        elif words[start] in language.month:
            yield from self._vague(DayCandidate(start + 1, Monthly(1), vague=True))
        elif days := words.longest(start, language.days):
            yield DayCandidate(days[1], Weekly(language.days[days[0]]), at=language.parts.get(days[0]))
        else:
            found = tuple(self._week_days.at(start, plural=None))
            yield from (DayCandidate(end, Weekly(listed)) for end, listed in found)
            yield from self._every_nth(start)
            if not found and words[start] not in self._lexicon.dimensions:
                yield from self._wrong_or_misspelt(start)

    def _every_nth(self, start: int) -> Iterator[DayCandidate]:
        """Read `every 15th`, `every last day of the month`."""
        for end, on in self._month_days.at(start):
            follows = self._words[end]
            if isinstance(on, Monthly) and not self._is_span(follows):
                month = self._month_days.month(end)
                yield DayCandidate(month or end, on)

    def _wrong_or_misspelt(self, start: int) -> Iterator[DayCandidate]:
        """Read `every mondey`, `every hour`, `every 2nd monday`."""
        word = self._words[start]
        near = {day for right, day in self._weekdays.items() if len(right) > 3 and typing_error(word, right)}
        if len(near) == 1:
            yield DayCandidate(start + 1, Weekly(frozenset(near)), _TYPO)
            return
        spans = (right for right in self._language.days if len(right) > 4 and typing_error(word, right))
        if right := next(spans, None):
            yield DayCandidate(start + 1, Weekly(self._language.days[right]), _TYPO, at=self._language.parts.get(right))
            return
        is_day = any(isinstance(on, Monthly) for _, on in self._month_days.at(start))
        if start == len(self._words):
            yield DayCandidate(
                start, PhraseProblem(ParseProblem.BAD_SCHEDULE, start, start, self._language.expected["every"])
            )
        if not word or word == COMMA or (is_day and not self._is_span(self._words[start + 1])):
            return
        end = start + 1
        if self._is_span(self._words[end]) or self._words[end] in self._language.units:
            end += 1
        yield DayCandidate(end, PhraseProblem(ParseProblem.BAD_SCHEDULE, start, end, self._language.expected["every"]))

    def _is_span(self, word: str) -> bool:
        """Return True for a day of the week or a period. In `every 2nd …` such a word makes an unsupported schedule."""
        language = self._language
        return word in self._weekdays or word in language.days or word in language.week or word in language.month

    def _named(self, start: int, *, led: bool) -> Iterator[DayCandidate]:
        """Read `mondays and thursdays`, and `monday` after a request for a digest."""
        for end, days in self._week_days.at(start, plural=True):
            yield DayCandidate(end, Weekly(days), loose=not led, sure_when_timed=True)
        for end, days in self._week_days.at(start, plural=False):
            yield DayCandidate(end, Weekly(days), loose=True)

    def _of_month(self, start: int) -> Iterator[DayCandidate]:
        """Read `on the 1st of each month`, and `on the 15th` after a request for a digest."""
        for end, on in self._month_days.at(start):
            month = self._month_days.month(end)
            if month:
                yield DayCandidate(month, on)
            elif not self._is_span(self._words[end]):
                yield DayCandidate(end, on, loose=True)
            elif month := self._month_days.month(end + 1):
                wrong = PhraseProblem(ParseProblem.BAD_SCHEDULE, end - 1, end + 1, self._language.expected["nth"])
                yield DayCandidate(month, wrong)
