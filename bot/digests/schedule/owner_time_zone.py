"""On whose clock a schedule is meant. Pure, but for the time zone data."""

from dataclasses import replace

from bot.digests.schedule.due_times import zone_of
from bot.domain.conversation import Caller
from bot.domain.recurrence import OneTime, Schedule
from bot.errors import ZoneError

UTC = "UTC"


def in_zone(schedule: Schedule, caller: Caller) -> Schedule:
    """On the clock of whoever says it, unless they named another.

    A zone that is unknown here stays, to be refused: another one would be the wrong time every day. A single time is
    not on any clock, so it is no reason to refuse that.
    """
    if schedule.zone:
        return schedule
    return replace(schedule, zone=known_zone(caller) if isinstance(schedule.on, OneTime) else caller.time_zone or UTC)


def known_zone(caller: Caller) -> str:
    """The caller's zone, UTC where Teams gives none that is known here."""
    try:
        return zone_of(Schedule(OneTime(0), zone=caller.time_zone)).key
    except ZoneError:
        return UTC
