"""Which days a sentence compares, in five languages, alone or as a follow-up."""

from datetime import UTC, date, datetime

import pytest

from bot.commands.command import NewDigest, Usage
from bot.domain.compared_days import Comparison, DayRange, Movement
from bot.language.reading.sentence_reader import SentenceReader
from bot.usage.sentence_result import result_of
from cards.views.answer_views import NotUnderstoodView
from tests.demo_directory import demo_directory

# Monday
READER = SentenceReader(demo_directory().spans, datetime(2026, 11, 30, 10, tzinfo=UTC))


def read(text, language="en", after=()):
    before = None
    for earlier in after:
        before = READER.read(earlier, language, before).meaning
    return result_of(READER.read(text, language, before), text)


def days(command):
    assert isinstance(command, Usage)
    return command.as_of, command.period, command.versus


def versus(year, month, day, only=None):
    return Comparison(date(year, month, day), only=only)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("compare Fabrikam on Exchange with last month", (None, None, versus(2026, 10, 30))),
        ("usage for Fabrikam on Teams vs 1 october", (None, None, versus(2026, 10, 1))),
        ("how did TEST COMPANY change since september", (None, None, versus(2026, 9, 1))),
        ("which customers dropped on exchange since last month", (None, None, versus(2026, 10, 30, Movement.DROPPED))),
        ("who improved on sharepoint compared to last quarter", (None, None, versus(2026, 8, 30, Movement.IMPROVED))),
        ("biggest movers on teams", (None, None, versus(2026, 10, 30, Movement.CHANGED))),
        ("compare october with november", (None, None, versus(2026, 10, 31))),
        ("compare november with october for Exchange", (None, None, versus(2026, 10, 30))),
        ("compare october with september for Exchange", (date(2026, 10, 31), None, versus(2026, 9, 30))),
        ("compare this week with last week", (None, None, versus(2026, 11, 23))),
        ("teams this week vs last week", (None, None, versus(2026, 11, 23))),
        ("compare 1 september with 1 october for Exchange", (date(2026, 10, 1), None, versus(2026, 9, 1))),
        ("compare exchange between 1 october and 1 november", (date(2026, 11, 1), None, versus(2026, 10, 1))),
        ("compare 1 october with last week for exchange", (date(2026, 11, 29), None, versus(2026, 10, 1))),
        ("difference between last week and now on exchange", (None, None, versus(2026, 11, 23))),
        ("usage on Exchange in october", (None, DayRange(date(2026, 10, 1), date(2026, 10, 31)), None)),
        ("teams this month", (None, DayRange(date(2026, 11, 1)), None)),
        ("usage for Fabrikam since september", (None, DayRange(date(2026, 9, 1)), None)),
        (
            "usage for Fabrikam between 2026-11-01 and 2026-11-15",
            (None, DayRange(date(2026, 11, 1), date(2026, 11, 15)), None),
        ),
    ],
)
def test_days_of_a_sentence(text, expected) -> None:
    assert days(read(text)) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "vergelijk teams deze week met vorige week", versus(2026, 11, 23)),
        ("nl", "welke klanten zijn gedaald op exchange t.o.v. vorige maand", versus(2026, 10, 30, Movement.DROPPED)),
        ("nl", "grootste stijgers op teams", versus(2026, 10, 30, Movement.IMPROVED)),
        ("fr", "compare fabrikam sur exchange avec le mois dernier", versus(2026, 10, 30)),
        ("fr", "plus fortes baisses sur exchange", versus(2026, 10, 30, Movement.DROPPED)),
        ("hu", "ki javult sharepointon a múlt hónaphoz képest", versus(2026, 10, 30, Movement.IMPROVED)),
        ("hu", "legnagyobb esések exchange-en", versus(2026, 10, 30, Movement.DROPPED)),
        ("de", "Exchange bei Fabrikam im Vergleich zum 1. Oktober", versus(2026, 10, 1)),
        ("de", "größte Veränderungen bei Teams", versus(2026, 10, 30, Movement.CHANGED)),
    ],
)
def test_days_in_other_languages(language, text, expected) -> None:
    assert days(read(text, language)) == (None, None, expected)


@pytest.mark.parametrize(
    ("after", "text", "expected"),
    [
        ("usage for Fabrikam on Teams", "compare with last month", (None, None, versus(2026, 10, 30))),
        (
            "usage for Fabrikam on Teams",
            "and last month?",
            (None, DayRange(date(2026, 10, 1), date(2026, 10, 31)), None),
        ),
        ("usage for Fabrikam on Teams", "and since september?", (None, DayRange(date(2026, 9, 1)), None)),
        ("compare Fabrikam on Teams with last week", "and last month?", (None, None, versus(2026, 10, 30))),
        ("compare Fabrikam on Teams with last week", "and Exchange?", (None, None, versus(2026, 11, 23))),
    ],
)
def test_days_after_another_question(after, text, expected) -> None:
    found = read(text, after=[after])
    assert days(found) == expected
    assert [name.text for name in found.customers] == ["Fabrikam"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("every monday compare Teams with last week", Comparison(days=7)),
        ("every friday compare Fabrikam on exchange with last month", Comparison(days=31)),
        ("every monday usage on Exchange compared with 2026-10-01", versus(2026, 10, 1)),
        ("every monday biggest movers on teams", Comparison(days=31, only=Movement.CHANGED)),
    ],
)
def test_digest_compares_with_days_ago_or_with_one_day(text, expected) -> None:
    found = read(text)
    assert isinstance(found, NewDigest)
    assert days(found.question) == (None, None, expected)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("every monday usage on exchange last week", "conflict.schedule_day"),
        ("every monday compare exchange", "missing.day"),
        ("compare fabrikam on 1 october, 1 september and 1 august", "conflict"),
        ("compare exchange", "missing.day"),
        ("usage on Exchange compared with 2027-01-01", "impossible"),
        ("compare with last month", "missing.question"),
        ("customers with more than 20 unused licenses than last month", "not_offered.change_by"),
        ("alert me when Fabrikam drops on Exchange compared with last week", "not_offered.alert"),
        ("stop digest 3 compared with last week", "not_offered.later"),
        ("how can I increase teams usage", "not_offered.trend"),
    ],
)
def test_comparison_that_is_not_clear_is_asked_about(text, problem) -> None:
    found = read(text)
    assert isinstance(found, NotUnderstoodView)
    assert found.problem == problem


@pytest.mark.parametrize("text", ["change digest 3 to friday", "change it to 8:30"])
def test_change_of_a_digest_is_no_comparison(text) -> None:
    assert not isinstance(read(text, after=["usage on Exchange"]), Usage)


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("how can I increase teams usage", "usage on Teams compared with 31 days ago"),
        ("exchange by customer week by week since october", "usage on Exchange by customer since 2026-10-01"),
        ("usage for Fabrikam frobnicated compared with last month", "usage for Fabrikam compared with 2026-10-30"),
    ],
)
def test_choice_keeps_the_days_that_were_understood(text, choice) -> None:
    found = read(text)
    assert isinstance(found, NotUnderstoodView)
    assert [each.text for each in found.suggestions] == [choice]


def test_digest_without_a_time_keeps_what_it_compares_with() -> None:
    found = read("make a digest of Exchange compared with last week")
    assert isinstance(found, NewDigest)
    assert found.schedule is None
    assert days(found.question) == (None, None, Comparison(days=7))
