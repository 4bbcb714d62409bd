"""A schedule in a command document. Pure.

Every kind of schedule has keys of its own. A new kind gets new keys, so that older documents keep their meaning.
"""

from datetime import date, time
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from bot.commands.documents.clause_document import ClauseDocument, Id, legible_text, or_none, unless_none
from bot.domain.recurrence import EveryFewWeeks, Monthly, MonthlyWeekday, OneDay, OneTime, Recurrence, Schedule, Weekly

Weekday = Annotated[int, Meta(ge=0, le=6)]
WallClock = Annotated[time, Meta(tz=False)]


class ScheduleDocument(ClauseDocument, frozen=True, kw_only=True):
    """The times of a schedule.

    With the time of day: days of the week (Monday is 0), of every so many weeks if `weeks` and `anchor`, a day of such
    a week, are there; or a day of the month; or the nth weekday of the month, 5 being the last; or once, on one day.
    Without it: a single time, in so many minutes from when it was asked for. `until` is the last day.
    """

    days: Annotated[list[Weekday], Meta(min_length=1, max_length=7)] | UnsetType = UNSET
    weeks: Annotated[int, Meta(ge=2, le=52)] | UnsetType = UNSET
    anchor: date | UnsetType = UNSET
    day: Annotated[int, Meta(ge=1, le=31)] | UnsetType = UNSET
    nth: Annotated[int, Meta(ge=1, le=5)] | UnsetType = UNSET
    weekday: Weekday | UnsetType = UNSET
    once: date | UnsetType = UNSET
    minutes: Annotated[int, Meta(ge=1, le=1_000_000)] | UnsetType = UNSET
    at: WallClock | UnsetType = UNSET
    zone: Id | UnsetType = UNSET
    until: date | UnsetType = UNSET


# The keys that say the days of each kind of schedule.
_KINDS = (
    ({"days"}, lambda each: Weekly(frozenset(each.days))),
    ({"days", "weeks", "anchor"}, lambda each: EveryFewWeeks(frozenset(each.days), each.weeks, each.anchor)),
    ({"day"}, lambda each: Monthly(each.day)),
    ({"nth", "weekday"}, lambda each: MonthlyWeekday(each.nth, each.weekday)),
    ({"once"}, lambda each: OneDay(each.once)),
    ({"minutes"}, lambda each: OneTime(each.minutes)),
)
_DAY_KEYS = ("days", "weeks", "anchor", "day", "nth", "weekday", "once", "minutes")


def write_schedule(schedule: Schedule) -> ScheduleDocument:
    """Return the document of a schedule."""
    at, zone, until = unless_none(schedule.at), unless_none(schedule.zone), unless_none(schedule.until)
    match schedule.on:
        case Weekly(days):
            return ScheduleDocument(days=sorted(days), at=at, zone=zone, until=until)
        case EveryFewWeeks(days, weeks, anchor):
            return ScheduleDocument(days=sorted(days), weeks=weeks, anchor=anchor, at=at, zone=zone, until=until)
        case Monthly(day):
            return ScheduleDocument(day=day, at=at, zone=zone, until=until)
        case MonthlyWeekday(nth, weekday):
            return ScheduleDocument(nth=nth, weekday=weekday, at=at, zone=zone, until=until)
        case OneDay(day):
            return ScheduleDocument(once=day, at=at, zone=zone, until=until)
        case OneTime(minutes):
            return ScheduleDocument(minutes=minutes, at=at, zone=zone, until=until)


def read_schedule(document: ScheduleDocument) -> Schedule:
    """Return the schedule of a document.

    Raises ValueError for one that no sentence says.
    """
    on = _read_days(document)
    at = or_none(document.at)
    zone = None if isinstance(document.zone, UnsetType) else legible_text(document.zone)
    if isinstance(on, OneTime) != (at is None):
        raise ValueError("a single time with a time of day, or no time of day")
    return Schedule(on, at, zone, or_none(document.until))


def _read_days(document: ScheduleDocument) -> Recurrence:
    said = {key for key in _DAY_KEYS if not isinstance(getattr(document, key), UnsetType)}
    for keys, made in _KINDS:
        if keys == said:
            on: Recurrence = made(document)
            return on
    raise ValueError("not the keys of one kind of schedule")
