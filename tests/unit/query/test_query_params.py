"""The parameters of the query string."""

from datetime import date

import pytest

from bot.domain.figures import Licenses
from bot.domain.licensing import Field
from bot.domain.report_kind import ReportKind
from bot.errors import FilterError
from bot.query.filters.expression import And, Eq, Ne
from bot.query.filters.share_filter import ShareRange
from bot.query.query_params import params
from bot.query.sums.processed_day import processed_day
from bot.query.usage_query import UsageQuery


def test_an_open_query_has_no_parameters():
    assert params(UsageQuery()) == {}


def test_every_parameter_has_the_apis_name():
    query = UsageQuery(
        expression=Eq(Field.WORKLOAD_CODE, "SFB"),
        groupby=(Field.CUSTOMER_TENANT_ID, Field.CUSTOMER_NAME),
        processed=date(2018, 10, 14),
        top=500,
        skip=1000,
    )
    assert params(query) == {
        "top": "500",
        "skip": "1000",
        "filter": "workloadCode eq 'SFB'",
        "groupby": "customerTenantId,customerName",
        "processedDateTime": "2018-10-14",
    }


@pytest.mark.parametrize("field", Field)
@pytest.mark.parametrize("report", ReportKind)
def test_a_field_that_a_report_does_not_have_is_refused(report, field):
    filtered = UsageQuery(expression=And((Eq(Field.CHANNEL, "x"), Ne(field, "EXO"))), report=report)
    grouped = UsageQuery(groupby=(Field.CHANNEL, field), report=report)
    if report is ReportKind.USAGE or field not in {Field.WORKLOAD_CODE, Field.WORKLOAD_NAME}:
        assert params(filtered).keys() == {"filter"}
        assert params(grouped) == {"groupby": f"channel,{field}"}
        return
    for query in (filtered, grouped):
        with pytest.raises(FilterError) as caught:
            params(query)
        assert (caught.value.found, len(caught.value.expected)) == (field, 7)


@pytest.mark.parametrize(
    "text",
    [
        "2018-10-14T00:00:00",
        "2018-10-14T00:00:00+00:00",
        "2018-10-14T03:55:46.21Z",
        "2018-10-14T03:55:46.1234567Z",
        "2018-10-14T23:59:59-08:00",
        "2018-10-14",
    ],
)
def test_processed_day_is_read_from_every_documented_shape(text):
    assert processed_day(text) == date(2018, 10, 14)


@pytest.mark.parametrize(
    "text", ["", "4/10/2018", "2018-13-01T00:00:00", "2018-10-14T", "201810", "٢٠١٨-١٠-١٤", "2018-W41-7"]
)
def test_processed_day_raises_when_text_is_not_a_date(text):
    with pytest.raises(ValueError, match=r"."):
        processed_day(text)


@pytest.mark.parametrize(
    ("limit", "share", "within"),
    [
        (ShareRange(high=0.5, high_included=False), Licenses.of(1, 2), False),
        (ShareRange(high=0.5), Licenses.of(1, 2), True),
        (ShareRange(low=0.5), Licenses.of(1, 2), True),
        (ShareRange(low=0.5, low_included=False), Licenses.of(1, 2), False),
        (ShareRange(low=0.2, high=0.4), Licenses.of(3, 10), True),
        (ShareRange(low=0.2, high=0.4), Licenses.of(5, 10), False),
        (ShareRange(low=0.2, high=0.4), Licenses.of(1, 10), False),
        (ShareRange(low=1.0, low_included=False), Licenses.of(7, 5), True),
        (ShareRange(high=0.5), Licenses.of(3, 0), False),
        (ShareRange(), Licenses.of(0, 0), False),
    ],
)
def test_share_range_admits_ratios_within_its_bounds(limit, share, within):
    assert limit.admits(share) is within
