"""When a digest is due, as data. Pure; the next moment is computed in bot.digests.schedule.due_times."""

from dataclasses import dataclass
from datetime import time

EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
LAST_DAY = 31  # of a month; in a shorter one it is the last day there is


@dataclass(frozen=True, slots=True)
class Weekly:
    """On these days of the week, Monday is 0."""

    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class Monthly:
    """On this day of each month, 1 to 31; where a month is shorter, on its last."""

    day: int


@dataclass(frozen=True, slots=True)
class OneTime:
    """A single time, so many minutes after it was said."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """`at` is on the wall clock of `zone`, an IANA name; None: the zone of the person who says it.

    `at` is None only with `OneTime`.
    """

    on: Weekly | Monthly | OneTime
    at: time | None = None
    zone: str | None = None
