"""When a digest is due, as data.

Pure. bot.digests.schedule.due_times computes the next due time.
"""

from dataclasses import dataclass
from datetime import time

EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
LAST_DAY = 31  # of a month; in a shorter month, its last day


@dataclass(frozen=True, slots=True)
class Weekly:
    """Due on these days of the week. 0 is Monday."""

    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class Monthly:
    """Due on this day of each month, 1 to 31.

    In a shorter month it is due on the last day.
    """

    day: int


@dataclass(frozen=True, slots=True)
class OneTime:
    """Due once, `minutes` after the command was given."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """A recurrence, a time of day and a time zone.

    `at` is wall-clock time in `zone`, an IANA name. `zone` is None for the time zone of the person who gives the
    command. `at` is None only with `OneTime`.
    """

    on: Weekly | Monthly | OneTime
    at: time | None = None
    zone: str | None = None
