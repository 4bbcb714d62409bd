"""Schedules and times in the reader's language. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from cards.parts.literal_text import literal
from cards.views.digest_views import ConditionView, ScheduleView
from cards.wording.locale_words import LocaleWords

LAST_DAY = 31
SHORTEST_MONTH = 28
ZONE_LIMIT = 60


def in_words(when: ScheduleView, words: LocaleWords, *, zone: bool = True) -> str:
    """Return "Every weekday at 8:30 AM (Europe/Amsterdam)".

    With `zone=False`, without the time zone.
    """
    text = KINDS.get(when.kind, _unknown_kind)(when, words)
    if when.until is not None:
        text = words.say("schedule.until", schedule=text, day=words.date(when.until))
    named = literal(when.zone, ZONE_LIMIT)
    return words.say("schedule.zone", schedule=text, zone=named) if zone and when.at and named else text


def moment(at: datetime, words: LocaleWords, when: ScheduleView) -> str:
    """Return day and time.

    With the time zone if the schedule names none or another one.
    """
    text = words.moment(at)
    zone = literal(getattr(at.tzinfo, "key", "") or at.tzname() or "", ZONE_LIMIT)
    if not zone or (when.at and zone == when.zone):
        return text
    return words.say("schedule.zone", schedule=text, zone=zone)


def condition_in_words(only: ConditionView | None, words: LocaleWords) -> str:
    """Return "Only when something changed"; "" if it is always posted."""
    if only is None:
        return ""
    if only.below is not None:
        return words.say("digest.only.below", share=words.exact_percent(only.below / 100))
    if only.drops_below is not None:
        return words.say("digest.only.dropped", share=words.exact_percent(only.drops_below / 100))
    if only.unused_above is not None:
        return words.of_seats(only.seats).say("digest.only.unused", count=only.unused_above)
    if only.crosses:
        return words.say("digest.only.ends" if only.ends else "digest.only.crosses")
    return words.say("digest.only.changed") if only.changed else ""


def _weekly(when: ScheduleView, words: LocaleWords) -> str:
    days = words.all_of([words.weekday(day) for day in sorted(set(when.days))[:7]])
    return words.say("schedule.weekly", days=days, time=_time(when, words)) if days else _unknown_kind(when, words)


def _few_weeks(when: ScheduleView, words: LocaleWords) -> str:
    days = words.all_of([words.weekday(day) for day in sorted(set(when.days))[:7]])
    if not days:
        return _unknown_kind(when, words)
    return words.say("schedule.few_weeks", weeks=when.weeks, days=days, time=_time(when, words))


def _month_weekday(when: ScheduleView, words: LocaleWords) -> str:
    key = f"schedule.nth.{when.nth}"
    if not when.days or not words.has(key):
        return _unknown_kind(when, words)
    return words.say(key, day=words.weekday(when.days[0]), time=_time(when, words))


def _one_day(when: ScheduleView, words: LocaleWords) -> str:
    if when.once is None:
        return _unknown_kind(when, words)
    return words.say("schedule.one_day", day=words.date(when.once), time=_time(when, words))


def _monthly(when: ScheduleView, words: LocaleWords) -> str:
    if when.day >= LAST_DAY:
        return words.say("schedule.last_day", time=_time(when, words))
    text = "schedule.monthly.or_last" if when.day > SHORTEST_MONTH else "schedule.monthly"
    return words.say(text, day=when.day, time=_time(when, words))


def _unknown_kind(when: ScheduleView, words: LocaleWords) -> str:  # noqa: ARG001
    """Return the text for a kind of schedule that this version does not support."""
    return words.say("schedule.other")


def _time(when: ScheduleView, words: LocaleWords) -> str:
    return words.time(when.at) if when.at else words.say("schedule.some_time")


KINDS: Mapping[str, Callable[[ScheduleView, LocaleWords], str]] = MappingProxyType(
    {
        "daily": lambda when, words: words.say("schedule.daily", time=_time(when, words)),
        "weekdays": lambda when, words: words.say("schedule.weekdays", time=_time(when, words)),
        "weekly": _weekly,
        "few_weeks": _few_weeks,
        "month_weekday": _month_weekday,
        "one_day": _one_day,
        "monthly": _monthly,
        "once": lambda _, words: words.say("schedule.once"),
    }
)
