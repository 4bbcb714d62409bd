"""A number below zero is no number of anything: it is named, and nothing is done."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.reading.reading import ReadingOutcome
from bot.language.reading.sentence_reader import SentenceReader
from tests.demo_directory import demo_directory

READER = SentenceReader(demo_directory().spans, datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam")))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("stop digest -3", "-3"),
        ("stop digest –3", "–3"),
        ("stop -3", "-3"),
        ("pause 2, -4", "-4"),
        ("top -5 customers", "-5"),
        ("usage on Exchange below -5%", "-5"),
        ("customers with more than -10 unused licenses", "-10"),
        ("stop rapport -3", "-3"),
        ("Digest −3 stoppen", "−3"),
    ],
)
def test_number_below_zero_is_named(text: str, named: str) -> None:
    reading = READER.read(text)
    assert reading.outcome in (ReadingOutcome.ASK, ReadingOutcome.REFUSE)
    assert named in [span.text for span in reading.not_understood]


@pytest.mark.parametrize(
    ("text", "target"),
    [("stop digest 3", (3,)), ("stop digest-3", (3,)), ("- stop digest 3", (3,)), ("stop digest - 3", (3,))],
)
def test_hyphen_that_is_no_minus_is_no_part_of_a_number(text: str, target: tuple[int, ...]) -> None:
    reading = READER.read(text)
    assert reading.outcome is ReadingOutcome.ANSWER
    assert reading.meaning is not None
    assert reading.meaning.target == target


@pytest.mark.parametrize("text", ["usage on Teams between 20-40%", "usage on Teams between 20 -40%", "Teams 20% -40%"])
def test_hyphen_between_two_numbers_is_a_range(text: str) -> None:
    meaning = READER.read(text).meaning
    assert meaning is not None
    assert [(each.operator, each.value) for each in meaning.conditions] == [(">=", 20.0), ("<=", 40.0)]


@pytest.mark.parametrize("text", ["usage on Exchange as of 2018-10-14", "usage on Exchange as of 14-10-2018"])
def test_hyphen_in_a_day_is_no_minus(text: str) -> None:
    reading = READER.read(text)
    assert reading.outcome is ReadingOutcome.ANSWER
    assert reading.meaning is not None
    assert str(reading.meaning.day) == "2018-10-14"
