"""Which sentences count as missed, and why."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.commands.meaning import Meaning
from bot.language.composing.reason import Reason
from bot.language.reading.sentence_reader import SentenceReader
from bot.usage.memory.missed_sentences import missed
from bot.usage.sentence_result import result_of
from tests.demo_directory import demo_directory

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


def why(text: str, before: Meaning | None = None) -> str | None:
    reading = SentenceReader(demo_directory().spans, NOW).read(text, before=before)
    return missed(reading, result_of(reading, text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("usage for Contoso", "several"),
        ("usage for Initech", "no_such_name"),
        ("digest usage for Fabrikam", "missing"),
        ("stop", "missing"),
        ("usage for Fabrikam frobnicated", "not_understood"),
        ("which licenses of Fabrikam expired?", "not_offered"),
        ("usage for Fabrikam above 80% and below 20%", "conflict"),
        ("usage for Fabrikam as of 30 february", "impossible"),
        ("usage every monday at 25:00", "impossible"),
        ("usage " * 500, "not_understood"),
        ("  ", "missing"),
    ],
)
def test_sentence_that_is_not_answered_counts_as_missed(text: str, kind: str) -> None:
    assert why(text) == kind


@pytest.mark.parametrize(
    "text",
    ["usage for Fabrikam", "usage for fabrikan", "hello", "thanks!", "help", "forget me", "stop all", "stpo digest 3"],
)
def test_sentence_that_is_answered_does_not_count(text: str) -> None:
    assert why(text) is None


def test_it_does_not_count_when_the_store_may_know_the_digest() -> None:
    assert why("stop it") is None


def test_every_reason_has_a_kind_of_the_contract() -> None:
    kinds = {"several", "no_such_name", "missing", "not_understood", "not_offered", "impossible", "conflict"}
    assert {each.kind for each in Reason} == kinds
