"""A sentence that is kept without the names in it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.licensing import Dimension, Entry
from bot.language.marking.worded_sentence import worded
from bot.language.reading.nameless.nameless_sentence import LONGEST, nameless
from bot.names.name_index import NameIndex

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
NAMES = NameIndex.of(
    [
        Entry(Dimension.CUSTOMER, "736A947A-0000-4000-8000-000000000001", "Fabrikam"),
        Entry(Dimension.CUSTOMER, "736A947A-0000-4000-8000-000000000002", "Focus on IT"),
        Entry(Dimension.CUSTOMER, "736A947A-0000-4000-8000-000000000003", "Top"),
        Entry(Dimension.CUSTOMER, "736A947A-0000-4000-8000-000000000004", "Green Planet Energy"),
        Entry(Dimension.CUSTOMER, "736A947A-0000-4000-8000-000000000005", "Test Nutzung"),
        Entry(Dimension.WORKLOAD, "EXO", "Exchange"),
        Entry(Dimension.PRODUCT, "736A947A-0000-4000-8000-000000000006", "OFFICE 365 ENTERPRISE E3"),
    ]
)


def kept(text: str, language: str = "en") -> str:
    return nameless(worded(text, language, NOW), NAMES.spans)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("usage for Fabrikam frobnicated", "usage for <customer> <word>"),
        ("usage for fabrikan on Exchange", "usage for <customer> on <workload>"),
        ("usage of office 365 e3 frobnicated", "usage of <product> <word>"),
        ("usage 736A947A-0000-4000-8000-000000000001 please", "usage <customer> please"),
        ("usage for 99999999-0000-4000-8000-000000000001", "usage for <id>"),
    ],
)
def test_recognized_names_become_what_they_are(text: str, stored: str) -> None:
    assert kept(text) == stored


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("top 10 frobnicated", "<customer> 10 <word>"),
        ("focus on it frobnicated", "<customer> <word>"),
        ("top\n10 frobnicated", "<customer> 10 <word>"),
        ("focus 🚀 on it", "<customer>"),
        ("frobnicated testnutzung", "<word> <customer>"),
    ],
)
def test_names_of_common_words_are_found_by_the_directory(text: str, stored: str) -> None:
    assert kept(text) == stored


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("usage initech", "usage <word>"),
        ("usage for initech ltd on exchange", "usage for <name> on <workload>"),
        ("usage for target", "usage for <name>"),
        ('usage for "Golden Gate"', 'usage for " <name> "'),
        ("do things work at Fabrikam", "do things work at <customer>"),
        ("please compare Target", "please compare <word>"),
        ("compare Rose Baker", "compare <word>"),
        ("compare david", "compare <word>"),
        ("is the energy good", "is the <name> good"),
        ("vergelijk kerkstraat", "vergelijk <word>"),
    ],
)
def test_words_that_may_be_a_name_are_replaced(text: str, stored: str) -> None:
    assert kept(text) == stored


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("mail robin@contoso.com the usage", "<workload> <address> the usage"),
        ("usage of contoso.com please", "usage of <address> please"),
        ("see https://contoso.example/a?b=c", "see <address>"),
        ("usage please @Robin", "usage please <person>"),
        ("call 020 123 4567", "call <number>"),
        ("order 1234567", "order <number>"),
        ("invoice INV2024X17", "invoice <id>"),
        ("1773308C-B14E please", "<id> - <id> please"),
    ],
)
def test_addresses_mentions_and_ids_are_replaced(text: str, stored: str) -> None:
    assert kept(text) == stored


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("What is the churn rate?", "what is the churn rate?"),
        ("usage every monday at 9am as of 2026-11-01", "usage every monday at 9am as of 2026 - 11 - 01"),
        ("more than 1.000 unused licenses below 50%", "more than 1.000 unused licenses below 50%"),
        ("usgae below 50%", "usage below 50%"),
    ],
)
def test_words_and_numbers_that_name_nobody_stay(text: str, stored: str) -> None:
    assert kept(text) == stored


@pytest.mark.parametrize(
    ("text", "language", "stored"),
    [
        ("hoeveel licenties bij Fabrikam gefrobniceerd", "nl", "hoeveel licenties bij <customer> <word>"),
        ("l'utilisation d'Exchange zigzagué", "fr", "l' utilisation d' <workload> <word>"),
        ("Fabrikamnál mennyi a használat", "hu", "<customer> mennyi a használat"),
        ("Nutzung bei Fabrikam verzwirbelt", "de", "nutzung bei <customer> <word>"),
    ],
)
def test_sentences_of_other_languages_keep_their_words(text: str, language: str, stored: str) -> None:
    assert kept(text, language) == stored


def test_sentence_that_is_kept_has_a_limit() -> None:
    stored = kept("usage " * 200 + "frobnicated")
    assert stored == "usage <word>"
    long = kept("usage and " * 60)
    assert len(long) <= LONGEST
    assert long.endswith(" …")


def test_nothing_is_kept_of_a_text_that_is_too_long_or_empty() -> None:
    assert kept("usage " * 500) == ""
    assert kept("   ") == ""
