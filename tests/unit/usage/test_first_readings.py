"""What is read of a sentence before the names that its person can see are known."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.language.reading.sentence_reader import SentenceReader
from bot.usage.offline_sentence import FirstReadings

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.mark.parametrize("text", ["help", "help digests", "hello", "sign in", "who am I?", "thanks!"])
def test_sentence_that_always_means_the_same_is_read_once(text: str) -> None:
    readings = FirstReadings()
    first = readings.read(text, "en-US", NOW)
    assert readings.read(text, "en-US", NOW + timedelta(days=9)) is first
    assert readings.read(text, "nl-NL", NOW) is not first
    assert not first.needs_names


@pytest.mark.parametrize(
    "text", ["usage for TEST COMPANY", "hi Jan", "pause 2 until friday", "stop digest 3", "digests", "help " * 9]
)
def test_sentence_with_a_name_or_a_day_is_not_remembered(text: str) -> None:
    readings = FirstReadings()
    assert readings.read(text, "en-US", NOW) is not readings.read(text, "en-US", NOW)


def test_sentence_about_names_is_not_read_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object) -> None:
        raise AssertionError("it was read without names")

    monkeypatch.setattr(SentenceReader, "read_worded", read)
    assert FirstReadings().read("usage for TEST COMPANY on Exchange", "en-US", NOW).needs_names
