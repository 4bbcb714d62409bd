"""Write the values of phrases about time in one line, for the files of `times/`."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.recurrence import EveryFewWeeks, Monthly, MonthlyWeekday, OneDay, OneTime, Recurrence, Weekly
from bot.language.moments.time_phrases import time_phrases
from bot.language.moments.time_values import (
    AtTime,
    Coming,
    NoSuchDay,
    NoSuchTime,
    OnceAt,
    OnDay,
    OneOfDays,
    Period,
    Recurring,
    Step,
    TimesADay,
    TimeValue,
    UnofferedRecurrence,
    Until,
    Versus,
)
from bot.language.moments.time_words import TimeWords
from bot.language.text.message_text import plain
from bot.language.text.tokenizer import tokens

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))  # a Monday
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def meanings(phrase: str, *languages: str) -> list[str]:
    """Return the values of the whole of `phrase`, the least doubtful first."""
    words = tokens(plain(phrase))
    found = time_phrases(words, [TimeWords.load(language) for language in languages], NOW)
    whole = [each for each in found if (each.start, each.end) == (0, len(words))]
    return [line(each.value) for each in sorted(whole, key=lambda each: each.cost)]


def line(value: TimeValue) -> str:  # noqa: C901, PLR0911, PLR0912
    """Return the value in one line."""
    match value:
        case OnDay(day):
            return f"{day}"
        case OneOfDays(days):
            return " or ".join(map(str, days))
        case NoSuchDay():
            return "no such day"
        case Period(first, last):
            return f"{first} to {last}"
        case AtTime(at, zone):
            return f"{at:%H:%M} {zone or ''}".strip()
        case NoSuchTime():
            return "no such time"
        case Recurring():
            return _recurring(value)
        case OnceAt(moment, timed):
            zone = "" if moment.tzinfo == NOW.tzinfo else f" {moment.tzinfo}"
            return f"once {moment:%Y-%m-%d} " + (f"{moment:%H:%M}" if timed else f"({moment:%H:%M})") + zone
        case TimesADay(count):
            return f"{count} times a day"
        case Until(day, last):
            return f"until {day}" + ("" if day == last else f", last {last}")
        case Step(unit):
            return f"step {unit}"
        case UnofferedRecurrence():
            return "not offered"
        case Versus(day):
            return f"versus {day}"
        case Coming(first, last, days):
            return f"coming {first} to {last}" + ("" if days is None else f", {days} days")


def _recurring(value: Recurring) -> str:
    schedule = value.schedule
    at = f"{schedule.at:%H:%M}" if schedule.at else ""
    parts = [_on(schedule.on) + ("" if value.day_said else "?"), at if value.timed else f"({at})"]
    return " ".join([*parts, *filter(None, [schedule.zone, schedule.until and f"until {schedule.until}"])])


def _on(on: Recurrence) -> str:
    match on:
        case Weekly(days):
            return "every " + ",".join(_DAYS[day] for day in sorted(days))
        case EveryFewWeeks(days, weeks, anchor):
            return f"every {weeks} weeks from {anchor} " + ",".join(_DAYS[day] for day in sorted(days))
        case Monthly(day):
            return f"every month {day}"
        case MonthlyWeekday(nth, weekday):
            return f"every month {_DAYS[weekday]} {nth}"
        case OneTime() | OneDay():
            return "once"
