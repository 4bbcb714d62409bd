"""A schedule as plain data for programs: its kind and its next moments.

Pure; the keys are stable.
"""

from collections.abc import Mapping

from bot.cli.explanation.person_clock import PersonClock
from bot.digests.schedule.due_times import upcoming
from bot.domain.recurrence import (
    EVERY_DAY,
    EveryFewWeeks,
    Monthly,
    MonthlyWeekday,
    OneDay,
    OneTime,
    Schedule,
    Weekly,
)

MOMENTS = 3


def scheduled(schedule: Schedule | None, clock: PersonClock) -> Mapping[str, object]:
    """Return the field of a schedule, none without one. Raises ZoneError."""
    if schedule is None:
        return {}
    count = 1 if schedule.once else MOMENTS
    due = upcoming(clock.on_this_clock(schedule), clock.now, count, since=clock.now)
    return {"schedule": {"kind": _kind(schedule), "next": [moment.isoformat() for moment in due]}}


def _kind(schedule: Schedule) -> str:
    match schedule.on:
        case OneTime() | OneDay():
            return "once"
        case Monthly() | MonthlyWeekday():
            return "monthly"
        case EveryFewWeeks():
            return "other"
        case Weekly(days):
            return "daily" if days == EVERY_DAY else "weekly"
