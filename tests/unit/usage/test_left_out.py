"""What concerns a question of what is left out of every answer."""

import pytest

from bot.commands.command import Usage
from bot.digests.alerts.alert_rule import watched
from bot.domain.figures import LicenseMeasure
from bot.domain.licensing import Dimension, Entry
from bot.identity.exclusion import Exclusion
from bot.names.name_index import NameIndex
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.share_filter import TopBottom
from bot.usage.personal.left_out import Ignored
from bot.usage.query_plan import QueryPlan
from bot.usage.query_plan import plan as plan_of

TRIALS = Exclusion()
GONE = Exclusion(Entry(Dimension.CUSTOMER, "id-gone", "Gone"))
NAMES = NameIndex.of([Entry(Dimension.CUSTOMER, "id-contoso", "Contoso")])
ABOVE_FIVE = Usage(amounts=(AmountRange(LicenseMeasure.BEYOND, low=6),), by=(Dimension.CUSTOMER,))


def ignored_in(command: Usage, *found: Exclusion) -> Ignored:
    named = plan_of(command, NAMES)
    assert isinstance(named, QueryPlan)
    return Ignored.of(found, command, named, NAMES, posted=False)


@pytest.mark.parametrize(
    "command", [ABOVE_FIVE, watched(ABOVE_FIVE), Usage(order=TopBottom(5, measure=LicenseMeasure.BEYOND))]
)
def test_question_and_alert_about_what_is_not_qualified_have_trials(command: Usage) -> None:
    assert ignored_in(command, TRIALS).trials


def test_other_orders_are_without_trials() -> None:
    assert not ignored_in(Usage(order=TopBottom(5, measure=LicenseMeasure.UNUSED)), TRIALS).trials


def test_customer_without_a_name_is_left_out_of_no_usage() -> None:
    assert ignored_in(Usage(), GONE).left_out() is None


def test_mark_differs_if_something_else_is_left_out() -> None:
    contoso = Exclusion(Entry(Dimension.CUSTOMER, "ID-CONTOSO", "Contoso"))
    named = plan_of(Usage(), NAMES)
    assert isinstance(named, QueryPlan)
    marks = [ignored_in(Usage(), *found).applied(named).left_out_mark for found in ((), (contoso,), (TRIALS,))]
    assert (marks[0], len(set(marks))) == ("", 3)
