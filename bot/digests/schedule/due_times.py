"""When a digest is due. Pure, but for the time zone data, which zoneinfo reads.

A time on the wall clock is a moment, except where clocks are put forward (it does not exist) or back (it exists
twice). Here a time that does not exist stands for the first minute that does, and one that exists twice for its first:
each day that a schedule names is one digest. Periods are reckoned by cronsim, which holds to the rules of Debian's
cron: https://manpages.debian.org/cron.8
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim

from bot.domain.recurrence import Monthly, OneTime, Schedule, Weekly
from bot.errors import ZoneError

SHORTEST_MONTH = 28


def next_due(schedule: Schedule, after: datetime, *, since: datetime) -> datetime | None:
    """The first moment later than `after`, on the schedule's wall clock; None where none follows.

    `after` and `since` (when the schedule was said; `OneTime` counts from it) are aware. A schedule without a zone is
    in UTC. Raises ZoneError.
    """
    zone = zone_of(schedule)
    try:
        if isinstance(schedule.on, OneTime):
            due = (since.astimezone(UTC) + timedelta(minutes=schedule.on.minutes)).replace(microsecond=0)
            return due.astimezone(zone) if due > after else None
        return min(_firsts(schedule, after.astimezone(UTC), zone), key=_moment, default=None)
    except OverflowError:  # beyond the year 9999
        return None


def upcoming(schedule: Schedule, after: datetime, count: int, *, since: datetime) -> tuple[datetime, ...]:
    """The next `count` moments later than `after`, fewer where fewer follow. Raises ZoneError."""
    found: list[datetime] = []
    due = next_due(schedule, after, since=since)
    while due is not None and len(found) < count:
        found.append(due)
        due = next_due(schedule, due, since=since)
    return tuple(found)


def zone_of(schedule: Schedule) -> ZoneInfo:
    """The zone of the schedule's wall clock, UTC where it names none.

    Raises ZoneError: another zone than the one agreed upon would be the wrong time every day, and nobody would know.
    """
    try:
        return ZoneInfo(schedule.zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ZoneError(schedule.zone or "UTC") from error


def _firsts(schedule: Schedule, after: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Of each of the schedule's periods its first moment after `after`, which is in UTC."""
    for period in _periods(schedule):
        moments = CronSim(period, after.astimezone(zone))
        # cronsim walks along the wall clock: in an hour that comes twice it may offer a moment of the first time.
        yield next(moment for moment in moments if _moment(moment) > after)


def _periods(schedule: Schedule) -> list[str]:
    """The schedule as cron writes it: "minute hour day month weekday", several where one cannot say it."""
    at: time | None = schedule.at
    return [] if at is None else [f"{at.minute} {at.hour} {days}" for days in _days(schedule.on)]


def _days(on: Weekly | Monthly | OneTime) -> tuple[str, ...]:
    match on:
        case Weekly(days) if weekdays := ",".join(str(day + 1) for day in sorted(days) if 0 <= day < 7):
            return (f"* * {weekdays}",)
        case Monthly(day) if 1 <= day <= SHORTEST_MONTH:
            return (f"{day} * *",)
        case Monthly(29 | 30 as day):
            return (f"{day} 1,3-12 *", "L 2 *")
        case Monthly(31):
            return ("L * *",)
    return ()


def _moment(at: datetime) -> datetime:
    """`at` in UTC: two times of one zone are compared by their wall clocks, which says nothing where clocks change."""
    return at.astimezone(UTC)
