"""A schedule -> what the cards say it in. Pure."""

from bot.domain.recurrence import EVERY_DAY, WEEKDAYS, Monthly, Once, Schedule, Weekly
from cards.views.digest_views import When

UTC = "UTC"  # where a schedule names no zone


def when_of(schedule: Schedule) -> When:
    """The schedule in a person's terms; `kind` is one of cards.parts.schedule_text.KINDS."""
    zone = schedule.zone or UTC
    match schedule.on:
        case Weekly(days) if days == EVERY_DAY:
            return When("daily", schedule.at, zone)
        case Weekly(days) if days == WEEKDAYS:
            return When("weekdays", schedule.at, zone)
        case Weekly(days):
            return When("weekly", schedule.at, zone, days=tuple(sorted(days)))
        case Monthly(day):
            return When("monthly", schedule.at, zone, day=day)
        case Once():
            return When("once", None, zone)
