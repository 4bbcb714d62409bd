"""Applying a filter to a row."""

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
def test_values_compare_case_insensitively(expression, expected):
    assert matches(expression, ROW) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (EXO, True),
        (NO_PRODUCT, None),
        (Ne(Field.PRODUCT_ID, "6FD2"), None),
        (And((EXO, NO_PRODUCT)), None),
        (And((EXO, Eq(Field.CHANNEL, "reseller"))), True),
        (Or((Ne(Field.WORKLOAD_CODE, "EXO"), Eq(Field.CHANNEL, "direct"))), False),
        (Or((EXO, NO_PRODUCT)), True),
        (And((Ne(Field.WORKLOAD_CODE, "EXO"), NO_PRODUCT)), False),
        (Or((Ne(Field.WORKLOAD_CODE, "EXO"), NO_PRODUCT)), None),
    ],
)
def test_decide_returns_none_when_the_result_needs_a_missing_value(expression, expected):
    assert decide(expression, ROW) is expected
    assert refutation(expression)(ROW) is (expected is False)


def test_fields_returns_every_field_that_is_compared():
    assert fields(Or((And((EXO, NO_PRODUCT)), Ne(Field.CHANNEL, "x")))) == {
        Field.WORKLOAD_CODE,
        Field.PRODUCT_ID,
        Field.CHANNEL,
    }
