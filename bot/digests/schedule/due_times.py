"""When a digest is due. Pure, except for the time zone data, which zoneinfo reads.

A local time is one moment, except where clocks are put forward (it does not exist) or back (it exists twice). A time
that does not exist means the first minute that does, and a time that exists twice means its first moment: each day that
a schedule names is one digest. cronsim computes the periods by the rules of Debian's cron:
https://manpages.debian.org/cron.8
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim

from bot.domain.recurrence import (
    LAST_WEEK,
    EveryFewWeeks,
    Monthly,
    MonthlyWeekday,
    OneDay,
    OneTime,
    Recurrence,
    Schedule,
    Weekly,
)
from bot.errors import ZoneError

SHORTEST_MONTH = 28


def next_due(schedule: Schedule, after: datetime, *, since: datetime) -> datetime | None:
    """Return the first due moment later than `after`; None if there is none.

    `after` and `since` (when the schedule was requested; `OneTime` counts from it) are aware. A schedule without a zone
    is in UTC. Raises ZoneError if the time zone is unknown.
    """
    zone = zone_of(schedule)
    try:
        if isinstance(schedule.on, OneTime):
            due = (since.astimezone(UTC) + timedelta(minutes=schedule.on.minutes)).replace(microsecond=0)
            return due.astimezone(zone) if due > after else None
        first = min(_firsts(schedule, after.astimezone(UTC), zone), key=_moment, default=None)
    except OverflowError:  # beyond the year 9999
        return None
    return None if first is None or (schedule.until and first.date() > schedule.until) else first


def upcoming(schedule: Schedule, after: datetime, count: int, *, since: datetime) -> tuple[datetime, ...]:
    """Return the next `count` due moments later than `after`, or as many as there are.

    Raises ZoneError if the time zone is unknown.
    """
    found: list[datetime] = []
    due = next_due(schedule, after, since=since)
    while due is not None and len(found) < count:
        found.append(due)
        due = next_due(schedule, due, since=since)
    return tuple(found)


def zone_of(schedule: Schedule) -> ZoneInfo:
    """Return the time zone of the schedule; UTC if it names none.

    Raises ZoneError if the zone is unknown. A default would post at the wrong time every day without any error.
    """
    try:
        return ZoneInfo(schedule.zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ZoneError(schedule.zone or "UTC") from error


def _firsts(schedule: Schedule, after: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield moments after `after` (in UTC), among them the first one of the schedule."""
    if schedule.at is not None and isinstance(schedule.on, EveryFewWeeks | OneDay):
        due = (_moment_of(day, schedule.at, zone) for day in _named_days(schedule.on, after.astimezone(zone).date()))
        yield from islice((moment for moment in due if _moment(moment) > after), 1)
        return
    for period in _periods(schedule):
        moments = CronSim(period, after.astimezone(zone))
        # cronsim follows local time: in an hour that comes twice it may return a moment of the first pass.
        yield next(moment for moment in moments if _moment(moment) > after)


def _periods(schedule: Schedule) -> list[str]:
    """Return the schedule as cron expressions, "minute hour day month weekday".

    There are several if one cannot express it.
    """
    at: time | None = schedule.at
    return [] if at is None else [f"{at.minute} {at.hour} {days}" for days in _days(schedule.on)]


def _named_days(on: EveryFewWeeks | OneDay, today: date) -> Iterator[date]:
    """Yield the days of a schedule that cron cannot express, from the day before `today` on.

    The moment of a day may fall on the next one, if its time does not exist.
    """
    if isinstance(on, OneDay):
        yield on.day
        return
    anchor = on.anchor - timedelta(days=on.anchor.weekday())
    weeks = max(on.weeks, 1)
    for step in range(-1, 7 * weeks + 7):
        day = today + timedelta(days=step)
        if day.weekday() in on.days and (day - anchor).days // 7 % weeks == 0:
            yield day


def _moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment of this time on this day."""
    before = datetime.combine(day, time(), UTC) - timedelta(days=2)  # no zone is two days ahead
    return next(CronSim(f"{at.minute} {at.hour} {day.day} {day.month} *", before.astimezone(zone)))


def _days(on: Recurrence) -> tuple[str, ...]:
    match on:
        case Weekly(days) if weekdays := ",".join(str(day + 1) for day in sorted(days) if 0 <= day < 7):
            return (f"* * {weekdays}",)
        case Monthly(day) if 1 <= day <= SHORTEST_MONTH:
            return (f"{day} * *",)
        case Monthly(29 | 30 as day):
            return (f"{day} 1,3-12 *", "L 2 *")
        case Monthly(31):
            return ("L * *",)
        case MonthlyWeekday(nth, weekday) if 1 <= nth <= LAST_WEEK and 0 <= weekday < 7:
            return (f"* * {weekday + 1}L" if nth == LAST_WEEK else f"* * {weekday + 1}#{nth}",)
    return ()


def _moment(at: datetime) -> datetime:
    """Return `at` in UTC.

    Python compares two times of one zone by local time, which is wrong where clocks change.
    """
    return at.astimezone(UTC)
