"""Schedules and moments in the reader's words. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from cards.parts.literal_text import literal
from cards.views.digest_views import ScheduleView
from cards.wording.locale_words import LocaleWords

LAST_DAY = 31
SHORTEST_MONTH = 28
ZONE_LIMIT = 60


def in_words(when: ScheduleView, words: LocaleWords, *, zone: bool = True) -> str:
    """ "Every weekday at 8:30 AM (Europe/Amsterdam)"; without the zone where it is told beside it."""
    told = KINDS.get(when.kind, _somehow)(when, words)
    named = literal(when.zone, ZONE_LIMIT)
    return words.say("schedule.zone", schedule=told, zone=named) if zone and when.at and named else told


def moment(at: datetime, words: LocaleWords, when: ScheduleView) -> str:
    """A day and a time; with the zone where it is another than that of the schedule, or the schedule names none."""
    told = words.moment(at)
    zone = literal(getattr(at.tzinfo, "key", "") or at.tzname() or "", ZONE_LIMIT)
    if not zone or (when.at and zone == when.zone):
        return told
    return words.say("schedule.zone", schedule=told, zone=zone)


def _weekly(when: ScheduleView, words: LocaleWords) -> str:
    days = words.all_of([words.weekday(day) for day in sorted(set(when.days))[:7]])
    return words.say("schedule.weekly", days=days, time=_time(when, words)) if days else _somehow(when, words)


def _monthly(when: ScheduleView, words: LocaleWords) -> str:
    if when.day >= LAST_DAY:
        return words.say("schedule.last_day", time=_time(when, words))
    text = "schedule.monthly.or_last" if when.day > SHORTEST_MONTH else "schedule.monthly"
    return words.say(text, day=when.day, time=_time(when, words))


def _somehow(when: ScheduleView, words: LocaleWords) -> str:  # noqa: ARG001
    """A schedule that this version has no words for."""
    return words.say("schedule.other")


def _time(when: ScheduleView, words: LocaleWords) -> str:
    return words.time(when.at) if when.at else words.say("schedule.some_time")


KINDS: Mapping[str, Callable[[ScheduleView, LocaleWords], str]] = MappingProxyType(
    {
        "daily": lambda when, words: words.say("schedule.daily", time=_time(when, words)),
        "weekdays": lambda when, words: words.say("schedule.weekdays", time=_time(when, words)),
        "weekly": _weekly,
        "monthly": _monthly,
        "once": lambda _, words: words.say("schedule.once"),
    }
)
