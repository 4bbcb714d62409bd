"""Sentences are read without a directory, and none as another question."""

from datetime import UTC, datetime

from bot.commands.command import Name, NotUnderstood, Usage
from bot.domain.figures import LicenseMeasure
from bot.domain.licensing import Dimension
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.share_filter import ShareRange
from bot.usage.offline_sentence import offline_command

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)


def test_numbers_of_licenses_are_no_percentages() -> None:
    assert offline_command("customers with more than 20 unused licenses on Exchange", NOW) == Usage(
        subjects=(Name("Exchange"),),
        by=(Dimension.CUSTOMER,),
        amounts=(AmountRange(LicenseMeasure.UNUSED, low=21),),
    )


def test_any_name_is_accepted_when_only_a_percentage_is_said() -> None:
    found = offline_command("usage for Nowhere Ltd below 50%", NOW)
    assert found == Usage(customers=(Name("Nowhere Ltd"),), limit=ShareRange(high=0.5, high_included=False))


def test_an_unknown_name_beside_a_number_of_licenses_is_not_guessed() -> None:
    found = offline_command("more than 20 unused licenses for Nowhere Ltd", NOW)
    assert not isinstance(found, Usage | NotUnderstood)
