"""Convert schedules to text for the database, and back. Pure."""

from datetime import date, time

import msgspec

from bot.domain.recurrence import EveryFewWeeks, Monthly, MonthlyWeekday, OneDay, OneTime, Recurrence, Schedule, Weekly


class _Written(msgspec.Struct, frozen=True, omit_defaults=True):
    """The stored form.

    Exactly one of `days`, `day`, `minutes`, `weekday` and `once` is filled in. With `days` may be `weeks` and `anchor`,
    with `weekday` is `nth`.
    """

    days: list[int] | None = None
    day: int | None = None
    minutes: int | None = None
    at: time | None = None
    zone: str | None = None
    weeks: int | None = None
    anchor: date | None = None
    nth: int | None = None
    weekday: int | None = None
    once: date | None = None
    until: date | None = None


def write(schedule: Schedule) -> str:
    """Return the schedule as JSON; `read` returns an equal schedule."""
    written = msgspec.structs.replace(_days(schedule.on), at=schedule.at, zone=schedule.zone, until=schedule.until)
    return msgspec.json.encode(written).decode()


def read(text: str) -> Schedule:
    """Return the schedule that `write` wrote.

    Raises ValueError for anything else.
    """
    written = msgspec.json.decode(text, type=_Written)
    return Schedule(_read_days(written), written.at, written.zone, written.until)


def _days(on: Recurrence) -> _Written:
    match on:
        case Weekly(days):
            return _Written(days=sorted(days))
        case EveryFewWeeks(days, weeks, anchor):
            return _Written(days=sorted(days), weeks=weeks, anchor=anchor)
        case Monthly(day):
            return _Written(day=day)
        case MonthlyWeekday(nth, weekday):
            return _Written(nth=nth, weekday=weekday)
        case OneTime(minutes):
            return _Written(minutes=minutes)
        case OneDay(day):
            return _Written(once=day)


def _read_days(written: _Written) -> Recurrence:
    match written:
        case _Written(days=list(days), weeks=int(weeks), anchor=date() as anchor):
            return EveryFewWeeks(frozenset(days), weeks, anchor)
        case _Written(days=list(days), weeks=None, anchor=None):
            return Weekly(frozenset(days))
        case _Written(day=int(day)):
            return Monthly(day)
        case _Written(minutes=int(minutes)):
            return OneTime(minutes)
        case _Written(nth=int(nth), weekday=int(weekday)):
            return MonthlyWeekday(nth, weekday)
        case _Written(once=date() as day):
            return OneDay(day)
    raise ValueError("a schedule without days")
