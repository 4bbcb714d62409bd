"""What of a long filter is sent."""

from bot.domain.licensing import Field
from bot.query.filters.expression import And, Eq, Or
from bot.query.filters.sent_filter import sent_filter

EXCHANGE = Eq(Field.WORKLOAD_CODE, "EXO")
MANY = Or(tuple(Eq(Field.CUSTOMER_TENANT_ID, f"{number:08}-0000-4000-8000-000000000000") for number in range(40)))


def test_short_filter_is_sent_whole() -> None:
    assert sent_filter(None) is None
    assert sent_filter(And((EXCHANGE, Or(MANY.terms[:3])))) == And((EXCHANGE, Or(MANY.terms[:3])))


def test_long_list_of_customers_is_left_to_the_bot() -> None:
    assert sent_filter(And((MANY, EXCHANGE))) == EXCHANGE
    assert sent_filter(MANY) is None
