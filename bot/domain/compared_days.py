"""The days that a question compares. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MINYEAR, date
from enum import StrEnum


def months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month, or the last day of it.

    A month before March 31 is February 28. The first day that there is, if that is too early.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < MINYEAR:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Movement(StrEnum):
    """How figures moved from one day to another."""

    DROPPED = "dropped"
    IMPROVED = "improved"
    CHANGED = "changed"  # in whichever direction


@dataclass(frozen=True, slots=True)
class Comparison:
    """With which day figures are compared.

    It is `day`, or `days` before the day on which the question is answered: a digest compares with another day each
    time. `only`: only what moved in this direction is asked for. Raises ValueError for no day, or for two.
    """

    day: date | None = None
    days: int | None = None
    only: Movement | None = None

    def __post_init__(self) -> None:
        if (self.day is None) == (self.days is None):
            raise ValueError("no day to compare with, or two")
        if self.days is not None and self.days < 1:
            raise ValueError("a day to compare with that is not over")

    def day_before(self, today: date) -> date:
        """Return the day for an answer of `today`."""
        if self.day is not None:
            return self.day
        return date.fromordinal(max(today.toordinal() - (self.days or 0), 1))


@dataclass(frozen=True, slots=True)
class DayRange:
    """The days from `first` to `last`, both included.

    `last` is None for a range that lasts until today. Raises ValueError if it ends before it begins.
    """

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError("a range that ends before it begins")
