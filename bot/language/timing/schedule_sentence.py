"""Print a schedule in its canonical words.

Pure; reading them returns the same schedule. Those that schedule_phrase.py cannot read are printed,
and read, by the words of bot.language.moments.
"""

from collections.abc import Iterator

from bot.domain.recurrence import (
    EVERY_DAY,
    LAST_DAY,
    WEEKDAYS,
    EveryFewWeeks,
    Monthly,
    MonthlyWeekday,
    OneDay,
    OneTime,
    Schedule,
    Weekly,
)
from bot.language.moments.schedule_words import schedule_words
from bot.language.moments.time_words import TimeWords
from bot.language.text.lexicon import Lexicon, PhraseRole
from bot.language.timing.time_zone_phrase import needs_a_word

SOURCE = "en"  # the language of the lexicon


def schedule_sentence(schedule: Schedule, lexicon: Lexicon) -> str:
    """Return words like `every monday and friday at 08:30 Europe/Amsterdam`."""
    if schedule.until is not None or isinstance(schedule.on, EveryFewWeeks | MonthlyWeekday | OneDay):
        return schedule_words(schedule, TimeWords.load(SOURCE))
    return " ".join(_words(schedule, lexicon))


def _words(schedule: Schedule, lexicon: Lexicon) -> Iterator[str]:
    printed = lexicon.data.schedule.printed
    match schedule.on:
        case OneTime(minutes):
            yield printed["minute" if minutes == 1 else "minutes"].format(count=minutes)
        case Monthly(day):
            nth = lexicon.data.schedule.nth[day - 1]
            yield printed["last"] if day == LAST_DAY else printed["nth"].format(nth=nth)
        case Weekly(days):
            yield printed["every"]
            yield _days(days, lexicon)
    if schedule.at is not None:
        yield printed["at"]
        yield schedule.at.isoformat("minutes")
        if schedule.zone is not None:
            yield schedule.zone
            if needs_a_word(schedule.zone, lexicon.data.schedule):
                yield printed["time"]


def _days(days: frozenset[int], lexicon: Lexicon) -> str:
    printed = lexicon.data.schedule.printed
    if days == EVERY_DAY:
        return printed["day"]
    if days == WEEKDAYS:
        return printed["weekday"]
    names: dict[int, str] = {}
    for name, number in lexicon.data.weekdays.items():
        names.setdefault(number, name)
    *some, last = (names[day] for day in sorted(days))
    return f"{', '.join(some)} {lexicon.canonical[PhraseRole.AND]} {last}" if some else last
