"""Build the value of a whole phrase from its parts. Pure."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.recurrence import EveryFewWeeks, OneDay, Recurrence, Schedule, Weekly
from bot.language.moments.calendar_spans import Reading, Span, shifted
from bot.language.moments.day_rules import DayReading
from bot.language.moments.readings import NINE, NOON, Clock, Context, Recur, Tail
from bot.language.moments.recurrence_rules import except_days
from bot.language.moments.time_values import (
    AtTime,
    Coming,
    NoSuchDay,
    NoSuchTime,
    OnceAt,
    OnDay,
    Period,
    Recurring,
    Step,
    TimesADay,
    TimeValue,
    UnofferedRecurrence,
    Until,
    Versus,
)

_NO_TIME = NoSuchTime("")
# What has no end is asked for so many years: no subscription has a longer term, so all of them end in that time.
# https://learn.microsoft.com/en-us/partner-center/customers/new-commerce-license-based
_LONGEST_TERM = 3


def on_day(_: Context, day: DayReading) -> TimeValue | None:
    """Return the day; without a year, the latest one."""
    if not isinstance(day, Reading):
        return day
    span = day.past or day.future
    return OnDay(span.first, relative=day.relative) if span else None


def period(_: Context, span: Reading) -> Period | None:
    """Return the period; without a year, the latest one."""
    days = span.past or span.future
    return Period(days.first, days.last, relative=span.relative) if days else None


def coming_period(context: Context, span: Reading) -> Coming | None:
    """Return the next such period that is not over.

    `december` of this year, not of the last.
    """
    days = _next(context, span)
    return None if days is None or span.past is None or span.future is None else Coming(days.first, days.last)


def onward(context: Context, point: Reading) -> Coming | None:
    """Return `from january on`: from the next such day."""
    days = _next(context, point)
    return None if days is None else _open(max(days.first, context.today))


def afterward(context: Context, point: Reading) -> Coming | None:
    """Return `after january`: from the day behind the next such days."""
    days = _next(context, point)
    return None if days is None else _open(days.last + timedelta(days=1))


def _open(first: date) -> Coming | None:
    last = shifted(first, "year", _LONGEST_TERM)
    return None if last is None else Coming(first, last, open=True)


def _next(context: Context, point: Reading) -> Span | None:
    """Return the days of which today is one, else the next ones."""
    past = point.past
    return past if past is not None and past.last >= context.today and point.future is not None else point.future


def next_few(context: Context, count: int, unit: str) -> Coming | None:
    """Return `the next 60 days`: from today until then."""
    last = shifted(context.today, unit, count)
    return Coming(context.today, last, (last - context.today).days) if last else None


def days_before(context: Context, count: int, unit: str) -> Coming | None:
    """Return `60 days before`: what it is before comes within the next 60 days then."""
    coming = next_few(context, count, unit)
    return coming and replace(coming, lead=True)


def next_one(context: Context, unit: str) -> Coming | None:
    """Return `within half a year`."""
    return next_few(context, 1, unit)


def once(context: Context, day: DayReading, tail: Tail | None = None) -> TimeValue | None:
    """Return the moment on a day to come; without a time, at nine."""
    if not isinstance(day, Reading):
        return day if isinstance(day, NoSuchDay) and tail else None
    if day.future is None or (tail is None and day.future.first <= context.today):
        return None
    if tail is not None and tail.at is None:
        return _NO_TIME
    at, zone = (tail.at or NINE, tail.zone) if tail else (NINE, None)
    moment = _combined(context, day.future.first, at, zone)
    afternoon = tail.afternoon() if tail else None
    if afternoon and day.future.first == context.today and moment <= context.now:
        moment = _combined(context, day.future.first, afternoon, zone)  # today at 5, said in the morning
    return OnceAt(moment, timed=tail is not None and tail.timed)


def once_in_part(context: Context, today_part: str, clock: Clock | None = None) -> TimeValue:
    """Return the moment of `tonight`, `this afternoon at 4`."""
    part = time.fromisoformat(today_part)
    at = clock.at(part) if clock else part
    return OnceAt(_combined(context, context.today, at, None), timed=clock is not None) if at else _NO_TIME


def once_within(context: Context, minutes: int, count: int = 1) -> OnceAt | None:
    """Return the moment of `in 20 minutes`, `in half an hour`."""
    try:
        moment = context.now.astimezone(UTC) + timedelta(minutes=minutes * count)
        return OnceAt(moment.astimezone(context.now.tzinfo).replace(microsecond=0), timed=True)
    except OverflowError:
        return None


def at_time(_: Context, tail: Tail) -> AtTime | NoSuchTime | None:
    """Return the time of the day; `in the morning` alone is none."""
    if tail.at and not tail.timed:
        return None
    return AtTime(tail.at, tail.zone) if tail.at else _NO_TIME


def recurring(
    context: Context,
    recur: Recur,
    tail: Tail | None = None,
    until: Until | None = None,
    but: frozenset[int] = frozenset(),
    start: date | None = None,
) -> Recurring | NoSuchTime | None:
    """Return the schedule; without a time, at nine or at the time that its days imply."""
    if tail is not None and tail.at is None:
        return _NO_TIME
    left = except_days(context, recur, but) if but else recur
    if left is None:
        return None
    recur = left
    at = (tail and tail.at) or recur.at or NINE
    if tail and tail.at and recur.at and recur.at >= NOON:
        at = tail.afternoon() or at  # every evening at 6
    zone = tail.zone if tail else None
    on = _every_few_weeks(context, recur, at, zone)
    if start is not None:
        if not isinstance(on, EveryFewWeeks):
            return None  # any other schedule begins at once
        on = replace(on, anchor=start)
    schedule = Schedule(on, at, zone, until.last if until else None)
    return Recurring(timed=tail is not None and tail.timed, schedule=schedule, day_said=recur.day_said)


def times_a_day(_: Context, count: int) -> TimesADay | None:
    """Return `twice a day`."""
    return TimesADay(count) if 2 <= count <= 24 else None


def unoffered(_: Context, **__: object) -> UnofferedRecurrence:
    """Return `every 5 minutes`."""
    return UnofferedRecurrence("")


def unoffered_days(_: Context, count: int) -> UnofferedRecurrence | None:
    """Return `every 3 days`, unless they are whole weeks."""
    return UnofferedRecurrence("") if count % 7 and count not in (1, 15) else None


def starting(_: Context, day: DayReading) -> date | None:
    """Return the day of `starting 2026-12-07`, which is to come if no year is said."""
    if not isinstance(day, Reading):
        return None
    span = day.future or day.past
    return span.first if span else None


def until_point(_: Context, point: Reading) -> Until | None:
    """Return `until monday`, `until january`."""
    span = point.future
    if span is None:
        return None
    return Until(span.first, span.first if span.is_day else span.first - timedelta(days=1))


def until_through(_: Context, point: Reading) -> Until | None:
    """Return `through december`: the end of the period is included."""
    span = point.future
    return Until(span.last + timedelta(days=1), span.last) if span else None


def until_after(context: Context, count: int, unit: str) -> Until | None:
    """Return `for 2 weeks`."""
    day = shifted(context.today, unit, count)
    return Until(day, day - timedelta(days=1)) if day else None


def step(_: Context, step: str) -> Step:
    """Return `week by week`."""
    return Step(step)


def over(context: Context, over: str) -> Versus | None:
    """Return `year over year`: compared with the same day a year ago."""
    day = shifted(context.today, over, -1)
    return Versus(day) if day else None


def once_schedule(once_at: OnceAt) -> Schedule:
    """Return the schedule that is due at this moment only."""
    moment = once_at.moment
    zone = moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else None
    return Schedule(OneDay(moment.date()), moment.time().replace(second=0, microsecond=0), zone)


def _combined(context: Context, day: date, at: time, zone: str | None) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone) if zone else context.now.tzinfo)


def _every_few_weeks(context: Context, recur: Recur, at: time, zone: str | None) -> Recurrence:
    """Return the days; a schedule of every few weeks begins with the first such day to come."""
    if recur.weeks < 2 or not isinstance(recur.on, Weekly):
        return recur.on
    now = context.now.astimezone(ZoneInfo(zone)) if zone else context.now
    first = now.date() if now.time() < at else now.date() + timedelta(days=1)
    anchor = next(day for day in (first + timedelta(days=step) for step in range(7)) if day.weekday() in recur.on.days)
    return EveryFewWeeks(recur.on.days, recur.weeks, anchor - timedelta(days=anchor.weekday()))
