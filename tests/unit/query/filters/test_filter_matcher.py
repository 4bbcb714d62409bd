"""What a filter means on a row."""

import pytest

from bot.domain.licensing import Field, UsageRow
from bot.query.filters.expression import And, Eq, Ne, Or
from bot.query.filters.filter_matcher import decide, fields, matches, refutation

ROW = UsageRow(workload_code="EXO", workload="Exchange", channel="reseller", customer="STRASSE 1", service_code="o365")
EXO = Eq(Field.WORKLOAD_CODE, "exo")
NO_PRODUCT = Eq(Field.PRODUCT_ID, "6FD2")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (EXO, True),
        (Ne(Field.WORKLOAD_CODE, "EXO"), False),
        (Eq(Field.CHANNEL, "Reseller"), True),
        (Eq(Field.CUSTOMER_NAME, "Straße 1"), True),
        (Eq(Field.CUSTOMER_NAME, "Strasse"), False),
        (And((EXO, Eq(Field.CHANNEL, "direct"))), False),
        (Or((EXO, Eq(Field.CHANNEL, "direct"))), True),
        (Or((Ne(Field.WORKLOAD_CODE, "EXO"), Eq(Field.CHANNEL, "direct"))), False),
        (And((EXO, Ne(Field.CHANNEL, "direct"))), True),
        (NO_PRODUCT, False),
        (Ne(Field.PRODUCT_ID, "6FD2"), True),
        (Eq(Field.PRODUCT_ID, ""), False),
    ],
)
def test_values_compare_without_regard_to_case(expression, expected):
    assert matches(expression, ROW) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (EXO, True),
        (NO_PRODUCT, None),
        (Ne(Field.PRODUCT_ID, "6FD2"), None),
        (And((EXO, NO_PRODUCT)), None),
        (Or((EXO, NO_PRODUCT)), True),
        (And((Ne(Field.WORKLOAD_CODE, "EXO"), NO_PRODUCT)), False),
        (Or((Ne(Field.WORKLOAD_CODE, "EXO"), NO_PRODUCT)), None),
    ],
)
def test_what_hangs_on_a_missing_value_is_not_decided(expression, expected):
    assert decide(expression, ROW) is expected
    assert refutation(expression)(ROW) is (expected is False)


def test_the_fields_of_an_expression_are_all_it_asks_about():
    assert fields(Or((And((EXO, NO_PRODUCT)), Ne(Field.CHANNEL, "x")))) == {
        Field.WORKLOAD_CODE,
        Field.PRODUCT_ID,
        Field.CHANNEL,
    }
