"""Build periods from the slots of a template. Pure."""

from datetime import date, timedelta

from bot.language.moments.calendar_spans import Reading, Span, months_span, shifted, unit_span
from bot.language.moments.readings import Context


def unit_shifted(context: Context, unit: str, shift: int) -> Reading | None:
    """Read `last week`, `this month`, `next quarter`."""
    day = shifted(context.today, unit, shift)
    if day is None:
        return None
    span = unit_span(day, unit)
    return Reading(span if shift <= 0 else None, span if shift >= 0 else None, relative=True)


def year_named(context: Context, years: int) -> Reading | None:
    """Read one word for the last, this or the next year: `tavaly`."""
    return unit_shifted(context, "year", years)


def unit_before(context: Context, unit: str) -> Reading | None:
    """Read one word for the last month or week: `Vormonat`."""
    return unit_shifted(context, unit, -1)


def last_few(context: Context, count: int, unit: str) -> Reading | None:
    """Read `the last 30 days`: from that long ago to today."""
    first = shifted(context.today, unit, -count)
    return Reading(Span(first, context.today), None, relative=True) if first else None


def last_one(context: Context, unit: str) -> Reading | None:
    """Read `the past week`: from a week ago to today."""
    return last_few(context, 1, unit)


def to_date(context: Context, unit: str) -> Reading:
    """Read `year to date`."""
    return Reading(Span(unit_span(context.today, unit).first, context.today), None, relative=True)


def month(context: Context, month: int, year: int | None = None) -> Reading:
    """Read `october`, `october 2025`."""
    return _months(context, month, 1, year)


def month_of_year(context: Context, month: int, years: int) -> Reading:
    """Read `october last year`."""
    return _months(context, month, 1, context.today.year + years)


def last_month_named(context: Context, month: int) -> Reading:
    """Read `last october`: the latest one that is over."""
    found = _months(context, month, 1, None).past
    if found and found.last >= context.today:
        found = months_span(found.first.year - 1, month, 1)
    return Reading(found, None)


def quarter(context: Context, quarter: int, year: int | None = None) -> Reading | None:
    """Read `q3`, `the third quarter of 2025`."""
    return _months(context, 3 * quarter - 2, 3, year) if 1 <= quarter <= 4 else None


def quarter_of_year(context: Context, quarter: int, years: int) -> Reading | None:
    """Read `the third quarter of last year`."""
    return _months(context, 3 * quarter - 2, 3, context.today.year + years) if 1 <= quarter <= 4 else None


def half(context: Context, half: int, year: int | None = None) -> Reading | None:
    """Read `the first half of 2026`."""
    return _months(context, 6 * half - 5, 6, year) if 1 <= half <= 2 else None


def in_year(context: Context, year: int) -> Reading:
    """Read `in 2025`, and `2025`, which may be a number too."""
    return _sorted(context, Span(date(year, 1, 1), date(year, 12, 31)))


def since(context: Context, point: Reading) -> Reading | None:
    """Read `since september`."""
    return Reading(Span(point.past.first, context.today), None, relative=point.relative) if point.past else None


def between(context: Context, first: Reading, last: Reading) -> Reading | None:
    """Read `from 1 october to 15 october`, `from january to june`.

    Without years it is the latest such period that has begun, or the next one; its end is after its start.
    """
    end = _latest(last)
    start = _latest(first)
    if start is None or end is None:
        return None
    while start.first > end.first:
        earlier = _year_before(start.first)
        if earlier is None or not _same_in_every_year(first):
            return None
        start = Span(earlier, earlier)
    span = Span(start.first, end.last)
    return Reading(span, span if span.last >= context.today else _next_between(context, first, last))


def _next_between(context: Context, first: Reading, last: Reading) -> Span | None:
    """Return the next such period; None if a year, or a day such as `last monday`, says that it is over."""
    if not (_same_in_every_year(first) and _same_in_every_year(last)):
        return None
    start, end = _not_over(context, first), _not_over(context, last)
    while end.first < start.first:
        later = shifted(end.first, "year", 1), shifted(end.last, "year", 1)
        if later[0] is None or later[1] is None:
            return None
        end = Span(later[0], later[1])
    return Span(start.first, end.last)


def _not_over(context: Context, point: Reading) -> Span:
    """Return the days of a point that each year has: those of which today is one, else the next ones."""
    past, future = point.past, point.future
    found = past if past is not None and past.last >= context.today else future
    return found or Span(context.today, context.today)


def days_of_month(context: Context, first: int, last: int, month: int, year: int | None = None) -> Reading | None:
    """Read `1 to 15 october`."""
    whole = _months(context, month, 1, year)
    found = whole.past or whole.future
    if found is None or not 1 <= first < last <= found.last.day:
        return None
    span = Span(found.first.replace(day=first), found.first.replace(day=last))
    return Reading(span, span if span.last >= context.today else None)


def figures_of_month(context: Context, figures: tuple[int, int], month: int, year: int | None = None) -> Reading | None:
    """Read `1-15 october`."""
    return days_of_month(context, *figures, month, year)


def week_of(_: Context, day: object) -> Reading | None:
    """Read `the week of 16 november`."""
    if not isinstance(day, Reading):
        return None
    return Reading(day.past and unit_span(day.past.first, "week"), day.future and unit_span(day.future.first, "week"))


def _latest(point: Reading) -> Span | None:
    return point.past or point.future


def _same_in_every_year(point: Reading) -> bool:
    """Return True for a day or a month that was said without its year; "this month" is only that of this year."""
    return point.past is not None and point.future is not None and not point.relative


def _year_before(day: date) -> date | None:
    return shifted(day, "year", -1)


def _months(context: Context, month: int, count: int, year: int | None) -> Reading:
    if year is not None:
        return _sorted(context, months_span(year, month, count))
    this = months_span(context.today.year, month, count)
    if this.first <= context.today <= this.last:
        return Reading(this, months_span(this.first.year + 1, month, count))
    if this.last < context.today:
        return Reading(this, months_span(this.first.year + 1, month, count))
    return Reading(months_span(this.first.year - 1, month, count), this)


def _sorted(context: Context, span: Span) -> Reading:
    past = span if span.first <= context.today else None
    return Reading(past, span if span.last >= context.today else None)


def weekend(context: Context, weekend: int) -> Reading:
    """Read `last weekend`: that of last week; `next weekend`: that of next week."""
    saturday = unit_span(context.today, "week").first + timedelta(days=5 + 7 * weekend)
    return _sorted(context, Span(saturday, saturday + timedelta(days=1)))


def week_number(context: Context, week: int, year: int | None = None) -> Reading | None:
    """Read `week 42`: the latest such week of ISO 8601, and the next one."""
    if year:
        one = _week(year, week)
        return None if one is None else _sorted(context, one)
    weeks = [_week(context.today.year + step, week) for step in (-1, 0, 1)]
    past = max((each for each in weeks if each and each.first <= context.today), default=None, key=_begin)
    future = min((each for each in weeks if each and each.last >= context.today), default=None, key=_begin)
    return Reading(past, future) if past else None


def _week(year: int, week: int) -> Span | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return Span(monday, monday + timedelta(days=6))


def _begin(span: Span) -> date:
    return span.first
