"""Build days from the slots of a template. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.language.moments.calendar_spans import Reading, Span, day_or_none, shifted, unit_span
from bot.language.moments.readings import Context
from bot.language.moments.time_values import NoSuchDay, OneOfDays

DayReading = Reading | NoSuchDay | OneOfDays

_FIGURES = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,4}))?", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])", re.ASCII)
_YEARS_TO_LEAP = 8
_NO_DAY = NoSuchDay("")


def one(day: date | None, today: date) -> Reading | None:
    """Return the reading of a day that is said exactly."""
    if day is None:
        return None
    span = Span(day, day)
    return Reading(span, None) if day < today else Reading(span if day == today else None, span)


def _moving(reading: Reading | None) -> Reading | None:
    """Return the reading as that of words which mean another day tomorrow."""
    return None if reading is None else replace(reading, relative=True)


def relative(context: Context, days: int) -> Reading | None:
    """Read `yesterday`, `the day after tomorrow`."""
    return _moving(one(shifted(context.today, "day", days), context.today))


def ago(context: Context, unit: str, count: int = 1) -> Reading | None:
    """Read `two weeks ago`."""
    return _moving(one(shifted(context.today, unit, -count), context.today))


def ahead(context: Context, unit: str, count: int = 1) -> Reading | None:
    """Read `in three days`."""
    return one(shifted(context.today, unit, count), context.today)


def weekday(context: Context, weekday: int) -> Reading:
    """Read `on monday`: the one before today, or the one after it."""
    return Reading(_before(context, weekday), _after(context, weekday), relative=True)


def last_weekday(context: Context, weekday: int) -> Reading:
    """Read `last monday`: the latest one before today."""
    return Reading(_before(context, weekday), None, relative=True)


def next_weekday(context: Context, weekday: int) -> Reading:
    """Read `next monday`: the first one after today."""
    return Reading(None, _after(context, weekday))


def weekday_of_week(context: Context, weekday: int, week: int) -> Reading | None:
    """Read `monday last week`."""
    monday = context.today - timedelta(days=context.today.weekday())
    return _moving(one(shifted(monday, "day", 7 * week + weekday), context.today))


def day_month(context: Context, dom: int, month: int, year: int | None = None) -> DayReading | None:
    """Read `14 October 2018`, `14 October`."""
    if not 1 <= dom <= 39:
        return None
    if year is not None:
        return _exact(context, year, month, dom)
    days = [day for day in _years(context, month, dom) if day]
    past = max((day for day in days if day <= context.today), default=None)
    future = min((day for day in days if day >= context.today), default=None)
    if not days:
        return _NO_DAY
    return Reading(Span(past, past) if past else None, Span(future, future) if future else None)


def day_month_of_year(context: Context, dom: int, month: int, years: int) -> DayReading | None:
    """Read `14 October last year`."""
    return day_month(context, dom, month, context.today.year + years)


def holiday_in(context: Context, holiday: str, year: int | None = None) -> DayReading | None:
    """Read `christmas`, `christmas 2025`."""
    month, dom = holiday.split("-")
    return day_month(context, int(dom), int(month), year)


def holiday_of_year(context: Context, holiday: str, years: int) -> DayReading | None:
    """Read `christmas last year`."""
    return holiday_in(context, holiday, context.today.year + years)


def day_of_this_month(context: Context, dom: int) -> Reading | None:
    """Read `the 15th`: of the latest month and of the next one that have it."""
    first = context.today.replace(day=1)
    months = [shifted(first, "month", step) for step in range(-2, 3)]
    days = [day for month in months if month and (day := day_or_none(month.year, month.month, dom))]
    past = max((day for day in days if day <= context.today), default=None)
    future = min((day for day in days if day > context.today), default=None)
    if past is None or future is None:
        return None
    return Reading(Span(past, past), Span(future, future))


def start_of(context: Context, span: Reading) -> Reading | None:
    """Read `the start of last month`."""
    return _edge(context, span, last=False)


def end_of(context: Context, span: Reading) -> Reading | None:
    """Read `the end of last month`."""
    return _edge(context, span, last=True)


def middle_of(context: Context, month: int) -> DayReading | None:
    """Read `mid october`."""
    return day_month(context, 15, month)


def start_of_unit(context: Context, unit: str) -> Reading:
    """Read `the start of the month`: of this one, or of the next one."""
    this = unit_span(context.today, unit)
    following = this.last + timedelta(days=1)
    return Reading(Span(this.first, this.first), Span(following, following))


def end_of_unit(context: Context, unit: str) -> Reading | None:
    """Read `the end of the month`: of this one, or of the one before."""
    this = unit_span(context.today, unit)
    before = this.first - timedelta(days=1)
    past = this.last if this.last == context.today else before
    return Reading(Span(past, past), Span(this.last, this.last))


def figures(context: Context, text: str, *, dotted: bool = False) -> DayReading | None:
    """Read `2018-10-14`, `20181014`, `14.10.2018`, `24.12.`.

    None if the figures look like no day. Two figures are a day and a month only where the language writes them so.
    """
    if found := _COMPACT.fullmatch(text):
        return one(day_or_none(*map(int, found.groups())), context.today)
    found = _FIGURES.fullmatch(text)
    if not found:
        return None
    first, sign, second, third = found.groups()
    if third is None:
        return _two_figures(context, int(first), int(second), sign, dotted=dotted)
    if len(first) == 4:
        return _exact(context, int(first), int(second), int(third)) if len(third) < 3 else None
    if len(first) > 2 or len(third) not in (2, 4):
        return None
    return _year_last(context, int(first), int(second), int(third) + (2000 if len(third) == 2 else 0))


def _year_last(context: Context, first: int, second: int, year: int) -> DayReading | None:
    if context.order:
        return _exact(context, year, second, first)
    days = {day_or_none(year, second, first), day_or_none(year, first, second)} - {None}
    if len(days) > 1:
        return OneOfDays(tuple(sorted(day for day in days if day)))
    return one(next(iter(days), None), context.today) or _NO_DAY


def _two_figures(context: Context, first: int, second: int, sign: str, *, dotted: bool) -> DayReading | None:
    dom, month = (second, first) if context.order == "ymd" else (first, second)
    if not context.order and sign == "/" and 12 < max(first, second) <= 31:
        dom, month = max(first, second), min(first, second)
    elif not context.order:
        return None
    if not 1 <= month <= 12 or not 1 <= dom <= 31 or (sign == "." and not dotted and dom < 24):
        return None  # 9.10 is a time, and in some languages a number
    return day_month(context, dom, month)


def _exact(context: Context, year: int, month: int, dom: int) -> DayReading:
    return one(day_or_none(year, month, dom), context.today) or _NO_DAY


def _years(context: Context, month: int, dom: int) -> Iterator[date | None]:
    year = context.today.year
    far = _YEARS_TO_LEAP if (month, dom) == (2, 29) else 1
    return (day_or_none(year + step, month, dom) for step in range(-far, far + 1))


def _before(context: Context, weekday: int) -> Span:
    back = (context.today.weekday() - weekday - 1) % 7 + 1
    day = context.today - timedelta(days=back)
    return Span(day, day)


def _after(context: Context, weekday: int) -> Span:
    day = context.today + timedelta(days=(weekday - context.today.weekday() - 1) % 7 + 1)
    return Span(day, day)


def _edge(context: Context, span: Reading, *, last: bool) -> Reading | None:
    def edge(of: Span | None) -> Span | None:
        day = of and (of.last if last else of.first)
        return Span(day, day) if day else None

    past, future = edge(span.past), edge(span.future)
    if past and past.first > context.today:
        past, future = None, past
    return Reading(past, future) if past or future else None
