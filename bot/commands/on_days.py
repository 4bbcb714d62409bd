"""The days of a schedule in a sentence: every mon, wed and fri; weekly on friday; on the 1st of each month. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time

from bot.commands.command import Problem
from bot.commands.lexicon import Lexicon
from bot.commands.phrases import typing_error
from bot.commands.trouble import Trouble
from bot.commands.words import COMMA, Words
from bot.schedule import LAST_DAY, Monthly, Weekly

_TYPO = 0.3
_LISTED = 7  # days in a row
_MONDAY = frozenset({0})
_HYPHEN = re.compile(r"([^\W\d]+)[-–]([^\W\d]+)")
_NUMBER = re.compile(r"([0-9]{1,4})([^\W\d]*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Days:
    """Days that end before token `end`, or what is wrong with them; `at` is the time they imply ("every morning").

    `loose`: a schedule only where a digest was asked for, or, with `sure_when_timed`, where a time follows.
    `vague`: "every week" does not say on which day, so that may follow.
    """

    end: int
    on: Weekly | Monthly | Trouble
    cost: float = 0.0
    loose: bool = False
    sure_when_timed: bool = False
    vague: bool = False
    at: time | None = None


class OnDays:
    """The days of one sentence."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self._words = words
        self._lexicon = lexicon
        self._language = lexicon.data.schedule
        self._weekdays = lexicon.data.weekdays
        self._joints = {COMMA, *lexicon.joints}

    def at(self, index: int) -> Iterator[Days]:
        """The days that may begin at `index`."""
        language, words = self._language, self._words
        start = words.skip(index, language.on)
        if words[start] in language.every:
            yield from self._every(start + 1)
        elif alone := words.longest(start, language.alone):
            yield Days(alone[1], Weekly(language.alone[alone[0]]))
        elif alone := words.longest(start, language.weekly):
            yield from self._vague(Days(alone[1], Weekly(_MONDAY), vague=True))
        elif alone := words.longest(start, language.monthly):
            yield from self._vague(Days(alone[1], Monthly(1), vague=True))
        elif words[start] in language.odd:
            yield Days(start + 1, Trouble(Problem.BAD_SCHEDULE, start, start + 1, language.expected["alone"]))
        else:
            yield from self._named(start, led=start > index)
            if start > index or words[start] in language.the | language.last:
                yield from self._of_month(start)

    def refined(self, index: int, days: Days) -> Iterator[Days]:
        """What says on which day of the week or month it is."""
        start = self._words.skip(index, self._language.on)
        if isinstance(days.on, Weekly):
            yield from (replace(each, loose=False) for each in self._listed(start, plural=None))
            return
        for end, on in self._nth(start):
            yield Days(end, on)

    def _vague(self, days: Days) -> Iterator[Days]:
        yield days
        yield from self.refined(days.end, days)

    def _every(self, start: int) -> Iterator[Days]:
        """What follows `every`."""
        language, words = self._language, self._words
        if words[start] in language.week:
            yield from self._vague(Days(start + 1, Weekly(_MONDAY), vague=True))
        elif words[start] in language.month:
            yield from self._vague(Days(start + 1, Monthly(1), vague=True))
        elif days := words.longest(start, language.days):
            yield Days(days[1], Weekly(language.days[days[0]]), at=language.parts.get(days[0]))
        else:
            found = tuple(self._listed(start, plural=None))
            yield from found
            yield from self._every_nth(start)
            if not found and words[start] not in self._lexicon.dimensions:
                yield from self._wrong_or_misspelt(start)

    def _every_nth(self, start: int) -> Iterator[Days]:
        """`every 15th`, `every last day of the month`."""
        for end, on in self._nth(start):
            follows = self._words[end]
            if isinstance(on, Monthly) and not self._is_span(follows):
                month = self._month(end)
                yield Days(month or end, on)

    def _wrong_or_misspelt(self, start: int) -> Iterator[Days]:
        """`every mondey`, `every hour`, `every 2nd monday`."""
        word = self._words[start]
        near = {day for right, day in self._weekdays.items() if len(right) > 3 and typing_error(word, right)}
        if len(near) == 1:
            yield Days(start + 1, Weekly(frozenset(near)), _TYPO)
            return
        spans = (right for right in self._language.days if len(right) > 4 and typing_error(word, right))
        if right := next(spans, None):
            yield Days(start + 1, Weekly(self._language.days[right]), _TYPO, at=self._language.parts.get(right))
            return
        is_day = any(isinstance(on, Monthly) for _, on in self._nth(start))
        if start == len(self._words):
            yield Days(start, Trouble(Problem.BAD_SCHEDULE, start, start, self._language.expected["every"]))
        if not word or word == COMMA or (is_day and not self._is_span(self._words[start + 1])):
            return
        end = start + 1
        if self._is_span(self._words[end]) or self._words[end] in self._language.units:
            end += 1
        yield Days(end, Trouble(Problem.BAD_SCHEDULE, start, end, self._language.expected["every"]))

    def _is_span(self, word: str) -> bool:
        """A word that says how long or which day: what `every 2nd` cannot stand before."""
        language = self._language
        return word in self._weekdays or word in language.days or word in language.week or word in language.month

    def _named(self, start: int, *, led: bool) -> Iterator[Days]:
        """`mondays and thursdays`, and where a digest was asked for `monday`."""
        for days in self._listed(start, plural=True):
            yield replace(days, loose=not led, sure_when_timed=True)
        for days in self._listed(start, plural=False):
            yield replace(days, loose=True)

    def _listed(self, start: int, *, plural: bool | None) -> Iterator[Days]:
        """Days of the week in a list; every beginning of it is one too. `plural` None: in either form."""
        found: set[int] = set()
        at = start
        for _ in range(_LISTED):
            days, end = self._range(at, plural=plural)
            if not days:
                return
            found |= days
            yield Days(end, Weekly(frozenset(found)))
            at = end
            while self._words[at] in self._joints:
                at += 1

    def _range(self, at: int, *, plural: bool | None) -> tuple[set[int], int]:
        """`monday`, `monday to friday`, `mon-fri`."""
        words = self._words
        if joined := _HYPHEN.fullmatch(words[at]):
            first, last = (self._weekday(each, plural=False) for each in joined.groups())
            return (_between(first, last), at + 1) if first is not None and last is not None else (set(), at)
        first = self._weekday(words[at], plural=plural)
        if first is None:
            return set(), at
        if words[at + 1] in self._language.ranges:
            last = self._weekday(words[at + 2], plural=plural)
            if last is not None:
                return _between(first, last), at + 3
        return {first}, at + 1

    def _weekday(self, word: str, *, plural: bool | None) -> int | None:
        if not plural and word in self._weekdays:
            return self._weekdays[word]
        if plural is not False and word.endswith(self._language.plural) and word not in self._weekdays:
            return self._weekdays.get(word.removesuffix(self._language.plural))
        return None

    def _of_month(self, start: int) -> Iterator[Days]:
        """`on the 1st of each month`; where a digest was asked for, `on the 15th`."""
        for end, on in self._nth(start):
            month = self._month(end)
            if month:
                yield Days(month, on)
            elif not self._is_span(self._words[end]):
                yield Days(end, on, loose=True)
            elif month := self._month(end + 1):
                wrong = Trouble(Problem.BAD_SCHEDULE, end - 1, end + 1, self._language.expected["nth"])
                yield Days(month, wrong)

    def _month(self, index: int) -> int | None:
        """The end of `of each month` at `index`."""
        language, words = self._language, self._words
        at = words.skip(index, language.of)
        each = words.skip(at, language.every | language.the | language.amounts.keys())
        return each + 1 if each > index and words[each] in language.month else None

    def _nth(self, index: int) -> Iterator[tuple[int, Monthly | Trouble]]:
        """`the 15th`, `the last day`, `the first day`, `the 32nd`."""
        language, words = self._language, self._words
        at = words.skip(index, language.the)
        word = words[at]
        if word in language.last and words[at + 1] in language.day:
            yield at + 2, Monthly(LAST_DAY)
            return
        figures = _NUMBER.fullmatch(word)
        if figures and figures[2] and figures[2] not in self._lexicon.data.ordinals:
            return
        number = int(figures[1]) if figures else language.nth_words.get(word)
        if number is None or (figures and not figures[2] and at == index):
            return
        end = words.skip(at + 1, language.day)
        other, stop = self._another_nth(end)
        if stop > end or not 1 <= number <= len(language.nth):
            stop = stop if other else at + 1
            yield max(stop, end), Trouble(Problem.BAD_SCHEDULE, at, stop, language.expected["nth"])
        else:
            yield end, Monthly(number)

    def _another_nth(self, index: int) -> tuple[bool, int]:
        """`and the 15th`: one digest has one day of the month."""
        at = index
        while self._words[at] in self._joints:
            at += 1
        if at > index:
            at = self._words.skip(at, self._language.the)
            figures = _NUMBER.fullmatch(self._words[at])
            if figures and figures[2] in self._lexicon.data.ordinals:
                return True, at + 1
        return False, index


def _between(first: int, last: int) -> set[int]:
    """From one day of the week to another, over the weekend where that is the way."""
    return {(first + step) % 7 for step in range((last - first) % 7 + 1)}
