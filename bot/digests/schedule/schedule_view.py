"""Convert a schedule to the view that the cards show. Pure."""

from dataclasses import replace

from bot.domain.recurrence import (
    EVERY_DAY,
    WEEKDAYS,
    EveryFewWeeks,
    Monthly,
    MonthlyWeekday,
    OneDay,
    OneTime,
    Schedule,
    Weekly,
)
from cards.views.digest_views import ScheduleView

UTC = "UTC"  # if a schedule names no zone


def schedule_view(schedule: Schedule) -> ScheduleView:
    """Return the view of the schedule.

    Its `kind` is one of cards.parts.schedule_text.KINDS.
    """
    view = _view(schedule)
    return view if schedule.until is None else replace(view, until=schedule.until)


def _view(schedule: Schedule) -> ScheduleView:
    at, zone = schedule.at, schedule.zone or UTC
    match schedule.on:
        case Weekly(days):
            kind = {EVERY_DAY: "daily", WEEKDAYS: "weekdays"}.get(days, "weekly")
            return ScheduleView(kind, at, zone, days=tuple(sorted(days)) if kind == "weekly" else ())
        case EveryFewWeeks(days, weeks):
            return ScheduleView("few_weeks", at, zone, days=tuple(sorted(days)), weeks=weeks)
        case Monthly(day):
            return ScheduleView("monthly", at, zone, day=day)
        case MonthlyWeekday(nth, weekday):
            return ScheduleView("month_weekday", at, zone, days=(weekday,), nth=nth)
        case OneDay(day):
            return ScheduleView("one_day", at, zone, once=day)
        case OneTime():
            return ScheduleView("once", None, zone)
