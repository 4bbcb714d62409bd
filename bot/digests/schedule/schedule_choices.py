"""The schedules that a terminal offers if a digest names none. Pure."""

from dataclasses import replace
from datetime import time

from bot.domain.recurrence import EVERY_DAY, LAST_DAY, WEEKDAYS, Monthly, Schedule, Weekly

AT = time(9)
OFFERED = (
    Schedule(Weekly(frozenset({0})), AT),
    Schedule(Weekly(WEEKDAYS), AT),
    Schedule(Weekly(EVERY_DAY), AT),
    Schedule(Monthly(1), AT),
    Schedule(Monthly(LAST_DAY), AT),
)


def schedule_choices(zone: str) -> tuple[Schedule, ...]:
    """Return the schedules in this zone."""
    return tuple(replace(schedule, zone=zone) for schedule in OFFERED)
