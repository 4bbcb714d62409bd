"""Convert a schedule to the view that the cards show. Pure."""

from bot.domain.recurrence import EVERY_DAY, WEEKDAYS, Monthly, OneTime, Schedule, Weekly
from cards.views.digest_views import ScheduleView

UTC = "UTC"  # if a schedule names no zone


def schedule_view(schedule: Schedule) -> ScheduleView:
    """Return the view of the schedule.

    Its `kind` is one of cards.parts.schedule_text.KINDS.
    """
    zone = schedule.zone or UTC
    match schedule.on:
        case Weekly(days) if days == EVERY_DAY:
            return ScheduleView("daily", schedule.at, zone)
        case Weekly(days) if days == WEEKDAYS:
            return ScheduleView("weekdays", schedule.at, zone)
        case Weekly(days):
            return ScheduleView("weekly", schedule.at, zone, days=tuple(sorted(days)))
        case Monthly(day):
            return ScheduleView("monthly", schedule.at, zone, day=day)
        case OneTime():
            return ScheduleView("once", None, zone)
