"""What a question about sold licenses asks for if one customer is left."""

from datetime import date

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Usage
from bot.domain.licensing import Dimension, Entry
from bot.query.selling.renewal_lines import BY
from bot.query.usage_query import UsageQuery
from bot.usage.kinds.selling import ask_sold_use, renewal_facts
from bot.usage.query_plan import OwnScope, QueryPlan

ATLAS = Entry(Dimension.CUSTOMER, "atlas", "Atlas")
NAMED = QueryPlan(UsageQuery(), BY, (ATLAS,))
OWN = QueryPlan(UsageQuery(), BY, (ATLAS,), own=OwnScope((ATLAS,)))


def test_my_customers_are_listed_by_customer_even_if_one_is_left():
    command = Usage(kind=AnswerKind.SOLD_USE)
    assert set(ask_sold_use.choice_of(command, NAMED).by) == {Dimension.CUSTOMER, Dimension.PRODUCT}
    assert ask_sold_use.choice_of(command, OWN).by == (Dimension.CUSTOMER,)


def test_renewals_of_my_customers_are_not_those_of_one_named_customer():
    command = Usage(kind=AnswerKind.RENEWALS)
    assert renewal_facts.choice_of(command, NAMED, date(2026, 11, 30)).alone
    assert not renewal_facts.choice_of(command, OWN, date(2026, 11, 30)).alone
