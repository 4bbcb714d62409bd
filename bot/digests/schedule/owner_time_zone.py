"""Choose the time zone of a schedule. Pure, except for the time zone data."""

from dataclasses import replace

from bot.digests.schedule.due_times import zone_of
from bot.domain.conversation import Caller
from bot.domain.recurrence import OneTime, Schedule
from bot.errors import ZoneError

UTC = "UTC"


def in_zone(schedule: Schedule, caller: Caller) -> Schedule:
    """Return the schedule with the caller's time zone, unless it names another.

    An unknown zone is kept, so that it is refused later: a default would be the wrong time every
    day. A single time needs no zone, so an unknown zone is no reason to refuse it.
    """
    if schedule.zone:
        return schedule
    return replace(schedule, zone=known_zone(caller) if isinstance(schedule.on, OneTime) else caller.time_zone or UTC)


def known_zone(caller: Caller) -> str:
    """Return the caller's zone; UTC if Teams sends none that the zone data has."""
    try:
        return zone_of(Schedule(OneTime(0), zone=caller.time_zone)).key
    except ZoneError:
        return UTC
