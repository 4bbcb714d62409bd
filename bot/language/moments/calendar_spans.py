"""Arithmetic with days, weeks, months, quarters and years. Pure."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

UNITS = ("day", "week", "month", "quarter", "year")
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """True if it is one day."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Reading:
    """The latest such day or period up to today, and the next one, if any.

    `relative`: on another day the same words mean another one.
    """

    past: Span | None
    future: Span | None
    relative: bool = field(default=False, compare=False)


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return the day, None if no calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shifted(day: date, unit: str, count: int) -> date | None:
    """Return the day `count` units later, at most the last day of that month.

    None outside the years 1 to 9999.
    """
    try:
        if unit in MONTHS:
            months = day.year * 12 + day.month - 1 + MONTHS[unit] * count
            year, month = months // 12, months % 12 + 1
            return date(year, month, min(day.day, monthrange(year, month)[1]))
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    except (ValueError, OverflowError):
        return None


def unit_span(day: date, unit: str) -> Span:
    """Return the calendar week (from Monday), month, quarter or year that holds `day`."""
    if unit not in MONTHS:
        first = day - timedelta(days=day.weekday()) if unit == "week" else day
        return Span(first, first + timedelta(days=6 if unit == "week" else 0))
    month = 1 if unit == "year" else day.month - (day.month - 1) % MONTHS[unit]
    return months_span(day.year, month, MONTHS[unit])


def months_span(year: int, month: int, count: int) -> Span:
    """Return the days of `count` months of one year."""
    last = month + count - 1
    return Span(date(year, month, 1), date(year, last, monthrange(year, last)[1]))
