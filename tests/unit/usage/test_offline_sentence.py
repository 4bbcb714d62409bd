"""Sentences are read without a directory: any name is accepted, as it was typed."""

from datetime import UTC, datetime

import pytest

from bot.commands.command import Clause, Command, Customers, Name, NewDigest, Usage
from bot.domain.figures import LicenseMeasure
from bot.domain.licensing import Dimension
from bot.language.sentence.command_sentence import sentence_of
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.share_filter import ShareRange
from bot.usage.offline_sentence import offline_command, unlisted_reader
from cards.views.answer_views import NotUnderstoodView

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
ID = "1A000000-0D54-4A4C-9A3E-3B1F1D5A0001"


def test_numbers_of_licenses_are_no_percentages() -> None:
    assert offline_command("customers with more than 20 unused licenses on Exchange", NOW) == Usage(
        subjects=(Name("Exchange"),),
        by=(Dimension.CUSTOMER,),
        amounts=(AmountRange(LicenseMeasure.UNUSED, low=21),),
    )


def test_any_name_is_accepted_when_only_a_percentage_is_said() -> None:
    found = offline_command("usage for Nowhere Ltd below 50%", NOW)
    assert found == Usage(customers=(Name("Nowhere Ltd"),), limit=ShareRange(high=0.5, high_included=False))


def test_any_name_is_accepted_beside_a_number_of_licenses() -> None:
    found = offline_command("more than 20 unused licenses for Nowhere Ltd", NOW)
    assert found == Usage(customers=(Name("Nowhere Ltd"),), amounts=(AmountRange(LicenseMeasure.UNUSED, low=21),))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("how many licenses does TEST COMPANY use on SharePoint?", "usage for TEST COMPANY on SharePoint"),
        ("TEST COMPANY on Exchange", "usage for TEST COMPANY on Exchange"),
        ("Contoso's usage", "usage for Contoso"),
        ("usage for The Phone Company by product", "usage for The Phone Company by product"),
        ("usage for Daily Planet", "usage for Daily Planet"),
        ("usage for O'Brien & Sons and Coca-Cola", "usage for O'Brien & Sons and Coca-Cola"),
        ("usage for contoso.com, Society 17", "usage for contoso.com and Society 17"),
        ("usage for test company", "usage for test company"),
        ("usage for A and B", "usage for A and B"),
        ("usage for TEST\nCOMPANY", "usage for TEST COMPANY"),
        ("usage for Alpha\nBeta", "usage for Alpha and Beta"),
        ("usage except Skype and Teams", 'usage not on "Skype For Business" and Teams'),
        ("usage for Teams", "usage on Teams"),
        ("usage for Copilot", "usage in Copilot"),
        ("usage on Wobble in Bobble via Babble", "usage on Wobble in Bobble via Babble"),
        ('usage for "Focus on IT" not on "every day"', 'usage for "Focus on IT" not on "every day"'),
        ("usage for Whoever filter channel eq ‘x’", "usage for Whoever filter channel eq 'x'"),
        ("gebruik van Exchange voor Bakkerij Jansen", "usage for Bakkerij Jansen on Exchange"),
    ],
)
def test_words_are_a_name_where_a_name_would_be(typed: str, said: str) -> None:
    found = offline_command(typed, NOW)
    assert isinstance(found, Command)
    assert sentence_of(found) == said


@pytest.mark.parametrize(("typed", "clause"), [(f"usage for {ID}", Clause.FOR), (f"usage in {ID}", Clause.IN)])
def test_an_id_is_of_what_the_word_before_it_says(typed: str, clause: Clause) -> None:
    found = offline_command(typed, NOW)
    assert isinstance(found, Usage)
    assert (found.customers or found.products) == (Name(ID),)
    assert bool(found.customers) is (clause is Clause.FOR)


@pytest.mark.parametrize("typed", ["frobnicate the usage", "usage every day at 9 Cuba time"])
def test_an_unknown_word_elsewhere_is_no_name(typed: str) -> None:
    assert isinstance(offline_command(typed, NOW), NotUnderstoodView)


def test_a_text_to_look_for_is_no_name() -> None:
    assert offline_command("customers fabr", NOW) == Customers("fabr")
    assert offline_command('customers "Focus on IT"', NOW) == Customers("Focus on IT")
    assert offline_command(sentence_of(Customers("A")), NOW) == Customers("A")


def test_a_digest_of_a_filter_alone_is_a_whole_question() -> None:
    found = offline_command("every monday at 9 filter workloadCode eq 'SFB'", NOW)
    assert isinstance(found, NewDigest)
    assert sentence_of(found) == "digest every monday at 09:00 filter workloadCode eq 'SFB'"
    assert offline_command("digest filter workloadCode eq 'SFB'", NOW) == NewDigest(found.question)


def test_a_follow_up_may_name_someone_else() -> None:
    reader = unlisted_reader(NOW)
    before = reader.read("usage for Contoso on Exchange").meaning
    meaning = reader.read("and for Wobble Ltd?", before=before).meaning
    assert meaning is not None
    assert [each.text for each in meaning.names] == ["Exchange", "Wobble Ltd"]
