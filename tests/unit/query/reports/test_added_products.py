"""A report says that it adds products only where a person can count twice."""

from typing import Any

import pytest

from bot.domain.licensing import Dimension, UsageRow
from bot.query.filters.share_filter import TopBottom
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.reports.usage_report import Remark

E3, EOP = {"product_id": "E3", "product": "E3"}, {"product_id": "EOP", "product": "EOP"}
NO_ID = {"product_id": "00000000-0000-0000-0000-000000000000", "product": None}
SHAREPOINT = {"workload_code": "SPO", "workload": "SharePoint"}
EVERY_BY = [(), *((each,) for each in Dimension), (Dimension.CUSTOMER, Dimension.PRODUCT)]


def row(customer: str | None = "A", *differing: dict[str, Any], **other: Any) -> UsageRow:
    values: dict[str, Any] = {
        "customer_id": customer and f"ID-{customer}",
        "customer": customer,
        "workload_code": "EXO",
        "workload": "Exchange",
        "service_code": "o365",
        "service": "Office",
        "channel": "reseller",
        "processed": "2018-10-14",
        "licenses_active": 1,
        "qualified": 2,
    }
    for each in (E3, *differing):
        values |= each
    return UsageRow(**values | other)


def said(*rows: UsageRow, by: tuple[Dimension, ...], order: TopBottom | None = None) -> bool:
    found = set()
    for every_row in (False, True):
        for each in (rows, rows[::-1]):
            tally = RowAggregator(by, every_row=every_row)
            tally.add(each)
            found.add(Remark.SUMMED_PRODUCTS in tally.report(order=order).remarks)
    [one] = found
    return one


ADDED = {
    "two products of a customer": (row(), row("A", EOP)),
    "other customers between them": (row(), row("B"), row("A", EOP)),
    "through two channels": (row(), row("A", EOP, channel="direct")),
    "in two services": (row(), row("A", EOP, service_code="crm", service="Dynamics", processed="2018-10-09")),
    "of two days": (row(), row("A", EOP, processed="2018-10-07")),
    "an id in two spellings": (row(), row("A", EOP, customer_id="id-a ", workload_code="exo")),
    "a row without a product id beside another": (row(), row("A", NO_ID)),
    "two rows without a product id": (row("A", NO_ID), row("A", NO_ID, licenses_active=2)),
    "rows of one product name without an id": (row(product_id=None), row(product_id=None, channel="direct")),
}
NOT_ADDED = {
    "two customers": (row(), row("B", EOP)),
    "two workloads": (row(), row("A", EOP, SHAREPOINT)),
    "one product through two channels": (row(), row(channel="direct")),
    "one product in two spellings": (row(), row(channel="direct", product_id="e3 ", product="e3")),
    "one product of two days": (row(), row(channel="direct", processed="2018-10-07")),
    "two rows without a customer id": (row(None), row(None, EOP)),
    "a product that came twice": (row(), row(), row("B", EOP)),
    "a product without figures": (row(), row("A", EOP, licenses_active=None)),
    "an older product row that does not count": (row(), row(licenses_active=2, processed="2018-10-07")),
    "a product without an id alone": (row("A", NO_ID), row("B", NO_ID)),
}


@pytest.mark.parametrize("by", EVERY_BY)
@pytest.mark.parametrize("rows", ADDED.values(), ids=ADDED)
def test_remark_is_added_when_products_of_a_customer_are_added(
    rows: tuple[UsageRow, ...], by: tuple[Dimension, ...]
) -> None:
    assert said(*rows, by=by)


@pytest.mark.parametrize("by", EVERY_BY)
@pytest.mark.parametrize("rows", NOT_ADDED.values(), ids=NOT_ADDED)
def test_remark_is_missing_when_nobody_can_count_twice(rows: tuple[UsageRow, ...], by: tuple[Dimension, ...]) -> None:
    assert not said(*rows, by=by)


@pytest.mark.parametrize(
    ("by", "one"), [(Dimension.PRODUCT, False), (Dimension.CUSTOMER, False), (Dimension.CHANNEL, True)]
)
def test_remark_is_about_the_lines_that_are_shown(by: Dimension, one: bool) -> None:
    rows = (row("B", licenses_active=2), row("A", EOP, licenses_active=0), row("A", licenses_active=0))
    assert said(*rows, by=(by,))
    assert said(*rows, by=(by,), order=TopBottom(1)) is one


@pytest.mark.parametrize("by", [(), (Dimension.WORKLOAD,), (Dimension.PRODUCT,)])
def test_remark_is_added_when_the_second_product_comes_late(by: tuple[Dimension, ...]) -> None:
    customers = [f"C{number}" for number in range(4_100)]
    every = [row(each) for each in customers] + [row(f"D{each}", EOP) for each in customers]
    late = [row("C7", EOP)]
    for pages, expected in (([every], False), ([every, late], True), ([late, every], True)):
        tally = RowAggregator(by)
        for page in pages:
            tally.add(page)
        assert (Remark.SUMMED_PRODUCTS in tally.report().remarks) is expected
