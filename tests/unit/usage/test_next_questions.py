"""The questions that an answer leads to."""

from dataclasses import replace
from datetime import date

import pytest

from bot.commands.command import Customers, Name, Usage
from bot.domain.licensing import Dimension
from bot.usage.command_buttons import ask_button
from bot.usage.onward.next_questions import compared_with_before, customers_of

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("newest", "versus"),
    [
        (None, {"daysAgo": 30}),
        (date(2026, 11, 28), {"daysAgo": 30}),
        (date(2026, 11, 1), {"daysAgo": 30}),
        (date(2026, 10, 31), {"day": "2026-10-01"}),
        (date(2018, 10, 14), {"day": "2018-09-14"}),
    ],
)
def test_old_figures_are_compared_with_those_before_them(newest, versus) -> None:
    button = compared_with_before(Usage(), newest, TODAY)
    assert button is not None
    assert button.command["versus"] == versus


def test_question_about_no_customer_leads_to_the_customers() -> None:
    asked = Usage(subjects=(Name("Exchange"),))
    assert customers_of(asked, (Dimension.WORKLOAD,)) == ask_button(Customers())
    assert customers_of(asked, (Dimension.CUSTOMER,)) is None
    assert customers_of(replace(asked, customers=(Name("Contoso"),)), (Dimension.WORKLOAD,)) is None


def test_figures_of_a_day_are_compared_with_those_of_a_month_before() -> None:
    button = compared_with_before(Usage(as_of=date(2018, 10, 14)), date(2018, 10, 14), TODAY)
    assert button is not None
    assert button.command["versus"] == {"day": "2018-09-14"}
