"""Convert schedules to text for the database, and back. Pure."""

from datetime import time

import msgspec

from bot.domain.recurrence import Monthly, OneTime, Schedule, Weekly


class _Written(msgspec.Struct, frozen=True, omit_defaults=True):
    """The stored form. Exactly one of `days`, `day` and `minutes` is filled in."""

    days: list[int] | None = None
    day: int | None = None
    minutes: int | None = None
    at: time | None = None
    zone: str | None = None


def write(schedule: Schedule) -> str:
    """Return the schedule as JSON; `read` returns an equal schedule."""
    match schedule.on:
        case Weekly(days):
            written = _Written(days=sorted(days), at=schedule.at, zone=schedule.zone)
        case Monthly(day):
            written = _Written(day=day, at=schedule.at, zone=schedule.zone)
        case OneTime(minutes):
            written = _Written(minutes=minutes, at=schedule.at, zone=schedule.zone)
    return msgspec.json.encode(written).decode()


def read(text: str) -> Schedule:
    """Return the schedule that `write` wrote.

    Raises ValueError for anything else.
    """
    written = msgspec.json.decode(text, type=_Written)
    if written.days is not None:
        return Schedule(Weekly(frozenset(written.days)), written.at, written.zone)
    if written.day is not None:
        return Schedule(Monthly(written.day), written.at, written.zone)
    if written.minutes is not None:
        return Schedule(OneTime(written.minutes), written.at, written.zone)
    raise ValueError("a schedule without days, day or minutes")
