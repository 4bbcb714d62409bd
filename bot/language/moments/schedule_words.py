"""Print a schedule in the words of a language.

Pure; reading them returns the same schedule.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.domain.recurrence import (
    EVERY_DAY,
    LAST_DAY,
    WEEKDAYS,
    EveryFewWeeks,
    Monthly,
    MonthlyWeekday,
    OneDay,
    OneTime,
    Recurrence,
    Schedule,
    Weekly,
)
from bot.language.moments.time_words import PrintedWords, TimeWords


def schedule_words(schedule: Schedule, language: TimeWords) -> str:
    """Return words like `every 2 weeks on monday at 08:30 Europe/Amsterdam`.

    Raises ValueError if the language prints no schedules.
    """
    printed = language.data.printed
    if printed is None:
        raise ValueError(f"the language {language.data.language!r} prints no schedules")
    return " ".join(_words(schedule, printed))


def _words(schedule: Schedule, printed: PrintedWords) -> Iterator[str]:
    yield _days(schedule.on, printed)
    if schedule.at is not None:
        yield printed.at.format(time=schedule.at.isoformat("minutes"))
        if schedule.zone is not None:
            yield schedule.zone
    if isinstance(schedule.on, EveryFewWeeks):
        yield printed.starting.format(day=schedule.on.anchor)
    if schedule.until is not None:
        yield printed.until.format(day=schedule.until)


def _days(on: Recurrence, printed: PrintedWords) -> str:  # noqa: PLR0911
    match on:
        case Weekly(days) if days == EVERY_DAY:
            return printed.every_day
        case Weekly(days) if days == WEEKDAYS:
            return printed.every_weekday
        case Weekly(days):
            return printed.every.format(days=_joined((printed.every_weekdays[day] for day in sorted(days)), printed))
        case EveryFewWeeks(days, weeks):
            listed = _joined((printed.on_weekdays[day] for day in sorted(days)), printed)
            return printed.few_weeks.format(weeks=weeks, days=listed)
        case Monthly(day):
            said = printed.month_days[day - 1] if printed.month_days else day
            return printed.last_day if day == LAST_DAY else printed.month_day.format(day=said)
        case MonthlyWeekday(nth, weekday):
            return printed.nth_weekday.format(nth=printed.nth[nth - 1], weekday=printed.month_weekdays[weekday])
        case OneDay(day):
            return printed.one_day.format(day=day)
        case OneTime(minutes):
            form = printed.minute if minutes == 1 and printed.minute else printed.minutes
            return form.format(minutes=minutes)


def _joined(names: Iterable[Any], printed: PrintedWords) -> str:
    *some, last = names
    return f"{', '.join(some)} {printed.conjunction} {last}" if some else str(last)
