"""Read when a digest is due: every monday at 8:30, in 5 minutes. Pure.

Words may be a schedule or part of a name ("Daily Planet", "Every Day Ltd"). This module does not decide: a candidate
has an end and a cost, which is higher if it is more doubtful. The parse lattice compares the candidates with the names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from functools import cached_property

from bot.commands.command import ParseProblem
from bot.domain.recurrence import EVERY_DAY, OneTime, Schedule, Weekly
from bot.language.text.lexicon import Lexicon
from bot.language.text.phrase_problem import PhraseProblem
from bot.language.text.token_window import COMMA, TokenWindow
from bot.language.timing.clock_time import moment
from bot.language.timing.day_phrase import DayCandidate, DayPhrases
from bot.language.timing.partial_schedule import PartialSchedule
from bot.language.timing.time_zone_phrase import nearest, zone

LONGEST_WAIT = 10_080  # minutes: a week
_SURE, _LOOSE = 0.02, 0.03
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class ScheduleCandidate:
    """A schedule that ends before token `end`, or the problem with it.

    `loose`: it is a schedule only after a request for a digest. Elsewhere "on monday" is a day in the past.
    """

    end: int
    value: PartialSchedule | PhraseProblem
    cost: float
    loose: bool


@dataclass(frozen=True, slots=True)
class _Tail:
    """What follows the days: a time, a zone ("" for the reader's own), or the problem with them."""

    end: int
    at: time | None = None
    zone: str | None = None
    cost: float = 0.0
    trouble: PhraseProblem | None = None


class SchedulePhrases:
    """The schedules of one sentence."""

    def __init__(self, words: TokenWindow, lexicon: Lexicon) -> None:
        self._words = words
        self._numbers = lexicon.data.numbers
        self._language = lexicon.data.schedule
        self._lexicon = lexicon
        self._read = [tuple(self._readings(index)) for index in range(len(words))]
        # The tokens at which a schedule may begin, and those at which one begins whatever is before it.
        self.possible = frozenset(index for index, found in enumerate(self._read) if found)
        self.starts = frozenset(
            index
            for index, found in enumerate(self._read)
            if any(isinstance(each.value, PartialSchedule) and not each.loose for each in found)
        )

    @cached_property
    def _days(self) -> DayPhrases:
        return DayPhrases(self._words, self._lexicon)

    def at(self, index: int, *, asked: bool, dated: bool = False) -> tuple[ScheduleCandidate, ...]:
        """Return the schedules that may begin at `index`.

        `asked`: a digest was requested before. `dated`: the days of the digest are known, so a time may follow.
        """
        found = self._read[index] if index < len(self._read) else ()
        return found if asked else tuple(each for each in found if not each.loose or (dated and _is_time(each)))

    def _readings(self, index: int) -> Iterator[ScheduleCandidate]:
        yield from self._once(index)
        yield from self._on_days(index, None)
        for timed in self._timed(index, lead=True):
            if timed.trouble is None:
                yield from self._on_days(self._words.skip(timed.end, (COMMA,)), timed)
            if timed.trouble is None or self._words[index] in self._language.at:
                days = DayCandidate(timed.end, Weekly(EVERY_DAY), loose=True)
                yield self._made(timed.end, days, timed, days_said=False)

    def _once(self, index: int) -> Iterator[ScheduleCandidate]:
        """Read `in 5 minutes`, `in an hour`."""
        language, at = self._language, index + 1
        if self._words[index] not in language.within:
            return
        if half := self._words.longest(at, language.halves):
            yield ScheduleCandidate(
                half[1], PartialSchedule(Schedule(OneTime(language.halves[half[0]]))), _SURE, loose=False
            )
        word, unit = self._words[at], self._words[at + 1]
        amount = language.amounts.get(word, self._numbers.get(word))
        if amount is None and word.isascii() and word.isdigit():
            amount = int(word[:_DIGITS])
        if amount is None or unit not in language.units:
            return
        minutes = amount * language.units[unit]
        loose = unit in language.long_units
        if 1 <= minutes <= LONGEST_WAIT:
            yield ScheduleCandidate(at + 2, PartialSchedule(Schedule(OneTime(minutes))), _SURE, loose)
        else:
            trouble = PhraseProblem(ParseProblem.BAD_SCHEDULE, index, at + 2, language.expected["within"])
            yield ScheduleCandidate(at + 2, trouble, _SURE, loose)

    def _on_days(self, index: int, timed: _Tail | None) -> Iterator[ScheduleCandidate]:
        """Read the days at `index`, with the time after them or with `timed`, the time before them."""
        for found in self._days.at(index):
            if isinstance(found.on, PhraseProblem):
                yield ScheduleCandidate(found.end, found.on, found.cost, found.loose)
                continue
            if timed:
                yield self._made(found.end, found, timed)
                continue
            for tail in self._tails(found.end):
                yield self._made(tail.end, found, tail)
                if found.vague and tail.end > found.end and tail.trouble is None:
                    for finer in self._days.refined(tail.end, found):
                        yield self._made(finer.end, finer, tail)

    def _made(self, end: int, days: DayCandidate, tail: _Tail, *, days_said: bool = True) -> ScheduleCandidate:
        cost = (_LOOSE if days.loose else _SURE) + days.cost + tail.cost
        # "Mondays" alone may be part of a name; with a time it is not.
        loose = days.loose and (tail.at is None or not days.sure_when_timed)
        if isinstance(days.on, PhraseProblem):
            return ScheduleCandidate(end, days.on, cost, loose)
        if tail.trouble:
            return ScheduleCandidate(end, tail.trouble, cost, loose)
        at = tail.at or days.at or self._language.default
        schedule = Schedule(days.on, at, tail.zone or None)
        return ScheduleCandidate(end, PartialSchedule(schedule, days_said, tail.at is not None), cost, loose)

    def _tails(self, index: int) -> Iterator[_Tail]:
        yield _Tail(index)
        part, at = None, index
        lead = self._words.longest(index, self._language.part_leads)
        named = lead[1] if lead and self._words[lead[1]] in self._language.parts else index
        if self._words[named] in self._language.parts:
            part, at = self._language.parts[self._words[named]], named + 1
            yield _Tail(at, part)
        yield from self._timed(self._words.skip(at, (COMMA,)), lead=False)
        if placed := self._zoned(_Tail(at, part), timed=False):
            yield placed
            if placed.trouble is None:
                for timed in self._timed(self._words.skip(placed.end, (COMMA,)), lead=False):
                    yield timed if timed.zone else _Tail(timed.end, timed.at, placed.zone, timed.cost, timed.trouble)

    def _timed(self, index: int, *, lead: bool) -> Iterator[_Tail]:
        """Yield the time, alone and with its zone. `lead`: before the days, where a bare number is no time."""
        start = self._words.skip(index, self._language.at)
        asked = start > index
        found = moment(self._words, start, self._language, asked=asked)
        if found is None and asked and not lead and start == len(self._words):
            yield _Tail(
                start, trouble=PhraseProblem(ParseProblem.BAD_TIME, start, start, self._language.expected["time"])
            )
        if found is None or (lead and found.cost):
            return
        if found.at is None:
            trouble = PhraseProblem(ParseProblem.BAD_TIME, start, found.end, self._language.expected["time"])
            yield _Tail(found.end, trouble=trouble)
            return
        timed = _Tail(found.end, found.at, cost=found.cost)
        yield timed
        if placed := self._zoned(timed, timed=True):
            yield placed

    def _zoned(self, tail: _Tail, *, timed: bool) -> _Tail | None:
        found = zone(self._words, tail.end, self._language, timed=timed)
        if found is None:
            return None
        if found.name is not None:
            return _Tail(found.end, tail.at, found.name, tail.cost)
        said = " ".join(self._words[index] for index in range(found.start, found.stop))
        trouble = PhraseProblem(ParseProblem.BAD_ZONE, found.start, found.stop, nearest(said))
        return _Tail(found.end, trouble=trouble)


def _is_time(reading: ScheduleCandidate) -> bool:
    if isinstance(reading.value, PhraseProblem):
        return reading.value.problem in (ParseProblem.BAD_TIME, ParseProblem.BAD_ZONE)
    return not reading.value.days
