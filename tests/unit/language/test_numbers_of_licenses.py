"""Conditions and orders by numbers of licenses, as people say them."""

from datetime import UTC, datetime

import pytest

from bot.commands.command import Usage
from bot.commands.meaning import Condition, Keep, Meaning, Measure, Unit
from bot.domain.figures import LicenseMeasure
from bot.domain.licensing import Dimension
from bot.language.reading.command_of import Contradiction, NotOffered, command_of
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.command_sentence import sentence_of
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.share_filter import TopBottom
from bot.usage.sentence_result import result_of
from tests.demo_directory import demo_directory

READER = SentenceReader(demo_directory().spans, datetime(2026, 11, 30, 10, tzinfo=UTC))
SENTENCES = {
    "customers with more than 100 unused licenses": "usage by customer with more than 100 unused licenses",
    "no more than 5 active users on Skype": 'usage on "Skype For Business" with at most 5 active licenses',
    "which customers have more than 500 licenses on Exchange": (
        "usage on Exchange by customer with more than 500 qualified licenses"
    ),
    "unused licenses between 10 and 50 on Teams": "usage on Teams with between 10 and 50 unused licenses",
    "below 30% on Teams and more than 40 seats unused": "usage on Teams below 30% with more than 40 unused licenses",
    "more than 20 and fewer than 50 unused licenses on Teams": "usage on Teams with between 21 and 49 unused licenses",
    "at least 20 idle seats and at least 5 active users on Exchange": (
        "usage on Exchange with at least 20 unused licenses and at least 5 active licenses"
    ),
    "customers with 0 unused licenses on Teams": "usage on Teams by customer with exactly 0 unused licenses",
    "which customers have no unused licenses on Exchange": (
        "usage on Exchange by customer with at most 0 unused licenses"
    ),
    "above 20% and below 50% on Teams": "usage on Teams above 20% below 50%",
    "10 customers with the most idle seats on Exchange": "top 10 by unused licenses on Exchange by customer",
    "the 5 with fewest active": "bottom 5 by active licenses",
    "top 10 customers by qualified licenses": "top 10 by qualified licenses by customer",
    "customers with the most users on Teams": "top 10 by active licenses on Teams by customer",
    "customers with most unused licenses below 30%": "usage by customer below 30%",
    "who has the most unused licenses, more than 100": "usage by customer with more than 100 unused licenses",
    "most unused licenses": "usage by customer",
    "digest every monday at 9 top 5 by unused licenses": "digest every monday at 09:00 top 5 by unused licenses",
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence_has_its_canonical_form(sentence: str) -> None:
    found = result_of(READER.read(sentence), sentence)
    assert sentence_of(found) == SENTENCES[sentence]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("operator", "value", "low", "high"),
    [
        (">", 100, 101, None),
        (">", 2.5, 3, None),
        (">=", 2.5, 3, None),
        (">=", -2, 0, None),
        ("<", 10, None, 9),
        ("<", 2.5, None, 2),
        ("<=", 2.5, None, 2),
        ("=", 7, 7, 7),
    ],
)
def test_numbers_become_whole(operator: str, value: float, low: int | None, high: int | None) -> None:
    asked = Meaning(conditions=(Condition(Measure.UNUSED, operator, value, Unit.LICENSES),))
    assert command_of(asked) == Usage(amounts=(AmountRange(LicenseMeasure.UNUSED, low, high),))


@pytest.mark.parametrize(
    "conditions",
    [
        (Condition(Measure.UNUSED, "<", 0, Unit.LICENSES),),
        (Condition(Measure.UNUSED, "=", 2.5, Unit.LICENSES),),
        (Condition(Measure.UNUSED, ">", 10, Unit.LICENSES), Condition(Measure.UNUSED, "<", 5, Unit.LICENSES)),
    ],
)
def test_conditions_that_no_number_fulfils_contradict(conditions: tuple[Condition, ...]) -> None:
    assert command_of(Meaning(conditions=conditions)) == Contradiction()


def test_numbers_of_both_reports_in_one_question_are_not_offered() -> None:
    unused = (Condition(Measure.UNUSED, ">", 10, Unit.LICENSES),)
    assert command_of(Meaning(measure=Measure.SOLD, conditions=unused)) == NotOffered("seats_and_usage")
    assigned = Keep(True, 5, Measure.ASSIGNED)
    assert command_of(Meaning(measure=Measure.UNUSED, keep=assigned)) == NotOffered("seats_and_usage")


def test_an_order_has_as_many_lines_as_were_said() -> None:
    unused = LicenseMeasure.UNUSED
    assert command_of(Meaning(keep=Keep(True, 7, Measure.UNUSED))) == Usage(order=TopBottom(7, measure=unused))
    assert command_of(Meaning(keep=Keep(False, None, Measure.UNUSED))) == Usage(order=TopBottom(10, True, unused))
    assert command_of(Meaning(keep=Keep(True, None, Measure.UNUSED))) == Usage(by=(Dimension.CUSTOMER,))
    assert command_of(Meaning(keep=Keep(True, 0))) == Contradiction()
    assert command_of(Meaning(keep=Keep(True, 10_001))) == NotOffered("count")
