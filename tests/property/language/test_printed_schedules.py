"""A schedule that is printed in any language is read as the same schedule."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.recurrence import EveryFewWeeks, Monthly, MonthlyWeekday, OneDay, OneTime, Recurrence, Schedule, Weekly
from bot.language.moments.phrase_rules import once_schedule
from bot.language.moments.schedule_words import schedule_words
from bot.language.moments.time_phrases import time_phrases
from bot.language.moments.time_values import OnceAt, Recurring
from bot.language.moments.time_words import TimeFile, TimeWords
from bot.language.text.message_text import plain
from bot.language.text.tokenizer import tokens

LANGUAGES = st.sampled_from(("en", "nl", "fr", "hu", "de"))
NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
DATES = st.dates(date(2026, 12, 1), date(2099, 12, 31))
RECURRENCES = st.one_of(
    st.builds(Weekly, DAYS),
    st.builds(EveryFewWeeks, DAYS, st.integers(2, 52), DATES),
    st.builds(Monthly, st.integers(1, 31)),
    st.builds(MonthlyWeekday, st.integers(1, 5), st.integers(0, 6)),
)
TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
ZONES = st.sampled_from(["UTC", "Europe/Amsterdam", "America/Port-au-Prince", "America/Argentina/Buenos_Aires"])


def read(words: str, language: str) -> list[Schedule]:
    found = tokens(plain(words))
    phrases = time_phrases(found, [TimeWords.load(language)], NOW)
    values = [each.value for each in phrases if (each.start, each.end) == (0, len(found))]
    repeated = [value.schedule for value in values if isinstance(value, Recurring)]
    return repeated + [once_schedule(value) for value in values if isinstance(value, OnceAt)]


@given(RECURRENCES, TIMES, st.none() | ZONES, st.none() | DATES, LANGUAGES)
def test_printed_schedule_is_read_as_the_same(
    on: Recurrence, at: time, zone: str | None, until: date | None, language: str
) -> None:
    schedule = Schedule(on, at, zone, until)
    assert read(schedule_words(schedule, TimeWords.load(language)), language) == [schedule]


@given(DATES, TIMES, ZONES, LANGUAGES)
def test_printed_day_is_read_as_the_same(day: date, at: time, zone: str, language: str) -> None:
    schedule = Schedule(OneDay(day), at, zone)
    assert read(schedule_words(schedule, TimeWords.load(language)), language) == [schedule]


@given(st.integers(2, 100), LANGUAGES)
def test_printed_minutes_are_read_as_that_moment(minutes: int, language: str) -> None:
    found = read(schedule_words(Schedule(OneTime(minutes)), TimeWords.load(language)), language)
    moment = datetime.fromtimestamp(NOW.timestamp() + 60 * minutes, NOW.tzinfo)
    assert found == [Schedule(OneDay(moment.date()), moment.time(), "Europe/Amsterdam")]


def test_a_language_that_prints_nothing_is_refused():
    silent = TimeWords.of(TimeFile(language="es", order="dmy", words={}, templates={}))
    with pytest.raises(ValueError, match="prints no schedules"):
        schedule_words(Schedule(OneTime(5)), silent)
