"""A time zone that does not exist is named, and the person's own one is offered."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.commands.command import ChangeDigest, NewDigest, Usage
from bot.language.composing.reason import Reason
from bot.language.reading.reading import ReadingOutcome
from bot.language.reading.sentence_reader import SentenceReader
from bot.usage.command_buttons import press_of
from bot.usage.sentence_result import result_of
from cards.draw import summary
from cards.views.answer_views import NotUnderstoodView
from cards.wording.locale_words import LocaleWords
from tests.demo_directory import demo_directory

READER = SentenceReader(demo_directory().spans, datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam")))
WORDS = LocaleWords.load("en")


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("usage on Exchange every monday at 9 in Europe/Atlantis", "Europe/Atlantis"),
        ("every monday at 9 Europe/Atlantis usage for Fabrikam", "Europe/Atlantis"),
        ("gebruik van Teams elke maandag om 9 uur Europe/Atlantis", "Europe/Atlantis"),
        ("change digest 3 to every tuesday at 9 America/Argentina/Nowhere", "America/Argentina/Nowhere"),
        ("move digest 3 to 8:30 asia/new_atlantis", "asia/new_atlantis"),
    ],
)
def test_unknown_zone_is_named_and_the_own_one_is_offered(text: str, zone: str) -> None:
    reading = READER.read(text)
    assert (reading.outcome, reading.reason, reading.what) == (ReadingOutcome.ASK, Reason.NO_SUCH_ZONE, zone)
    view = result_of(reading, text)
    assert isinstance(view, NotUnderstoodView)
    assert (view.text[view.at : view.at + len(view.found)], view.found) == (zone, zone)
    assert f"There is no time zone “{zone}”." in summary(view, WORDS)
    (offered,) = view.suggestions
    pressed = press_of(offered.ask)
    assert pressed is not None
    assert isinstance(pressed.asked, NewDigest | ChangeDigest)
    schedule = pressed.asked.schedule
    assert schedule is None or schedule.zone is None


def test_zone_beside_another_unknown_word_is_not_the_only_one_named() -> None:
    reading = READER.read("usage on Exchange every monday at 9 Europe/Atlantis frobnicated")
    assert reading.reason is Reason.NOT_UNDERSTOOD
    assert "frobnicated" in reading.what


@pytest.mark.parametrize(
    "text", ["usage for Europe/Atlantis", "usage on Exchange every monday at 9 for Initech/Atlantis"]
)
def test_slash_without_a_region_or_a_time_is_no_zone(text: str) -> None:
    assert READER.read(text).reason is Reason.NO_SUCH_NAME


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("usage on Exchange every monday at 9 in Europe/Berlin", "Europe/Berlin"),
        ("gebruik van Exchange elke maandag om 9 uur in Europe/Paris", "Europe/Paris"),
        ("Nutzung von Exchange jeden Montag um 9 Uhr in America/New_York", "America/New_York"),
        ("utilisation d'Exchange chaque lundi à 9 h heure de Europe/London", "Europe/London"),
        ("Exchange használata minden hétfőn 9-kor Europe/Berlin idő szerint", "Europe/Berlin"),
    ],
)
def test_known_zone_is_read(text: str, zone: str) -> None:
    made = result_of(READER.read(text), text)
    assert isinstance(made, NewDigest)
    assert isinstance(made.question, Usage)
    assert made.schedule is not None
    assert made.schedule.zone == zone
