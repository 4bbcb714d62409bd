"""When a digest is due, as data.

Pure. bot.digests.schedule.due_times computes the next due time.
"""

from dataclasses import dataclass
from datetime import date, time

EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
LAST_DAY = 31  # of a month; in a shorter month, its last day
LAST_WEEK = 5  # the last such weekday of a month


@dataclass(frozen=True, slots=True)
class Weekly:
    """Due on these days of the week. 0 is Monday."""

    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class EveryFewWeeks:
    """Due on these days of every second, third, … week.

    `weeks` is at least 2. `anchor` is any day of a week in which it is due.
    """

    days: frozenset[int]
    weeks: int
    anchor: date


@dataclass(frozen=True, slots=True)
class Monthly:
    """Due on this day of each month, 1 to 31.

    In a shorter month it is due on the last day.
    """

    day: int


@dataclass(frozen=True, slots=True)
class MonthlyWeekday:
    """Due on the first, second, third, fourth or last such weekday of each month.

    `nth` is 1 to 4, or LAST_WEEK. Monday is 0.
    """

    nth: int
    weekday: int


@dataclass(frozen=True, slots=True)
class OneTime:
    """Due once, `minutes` after the command was given."""

    minutes: int


@dataclass(frozen=True, slots=True)
class OneDay:
    """Due once, on this day."""

    day: date


Recurrence = Weekly | EveryFewWeeks | Monthly | MonthlyWeekday | OneTime | OneDay


@dataclass(frozen=True, slots=True)
class Schedule:
    """A recurrence, a time of day and a time zone.

    `at` is wall-clock time in `zone`, an IANA name. `zone` is None for the time zone of the person who gives the
    command. `at` is None only with `OneTime`. `until` is the last day, in `zone`, on which it may be due.
    """

    on: Recurrence
    at: time | None = None
    zone: str | None = None
    until: date | None = None

    @property
    def once(self) -> bool:
        """True if it is due one time only."""
        return isinstance(self.on, OneTime | OneDay)
