"""Which of several days an answer is about. Pure."""

from collections.abc import Iterable
from datetime import date


def day_rank(day: date | None, wanted: date | None) -> tuple[int, int]:
    """Return a sort key; the best day has the largest.

    `wanted` is the day that was asked for, None for the newest. It comes first, then the newest before it, then the
    oldest after it. No day comes last.
    """
    if day is None:
        return 0, 0
    if wanted is None or day <= wanted:
        return 2, day.toordinal()
    return 1, -day.toordinal()


def best_day(days: Iterable[date], wanted: date | None) -> date | None:
    """Return the day with which the others are compared, None if there is none."""
    return max(days, key=lambda day: day_rank(day, wanted), default=None)
