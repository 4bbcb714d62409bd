"""Rows without an id: what they are called, and when two of them are one."""

from typing import Any

import pytest

from bot.cli.output.answer_json import row_as_json
from bot.domain.licensing import Dimension, Entry, UsageRow
from bot.names.name_index import NameIndex
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.reports.usage_report import UsageReport
from bot.usage.distinct_entries import with_details

NO_PRODUCT: dict[str, Any] = {"product_id": None, "product": None}
NO_CUSTOMER: dict[str, Any] = {"customer_id": None}


def row(active: int = 1, **other: Any) -> UsageRow:
    values: dict[str, Any] = {
        "customer_id": "ID-A",
        "customer": "Lamna Care",
        "workload_code": "EXO",
        "workload": "Exchange",
        "product_id": "E3",
        "product": "E3",
        "service_code": "o365",
        "service": "Office",
        "processed": "2018-10-14",
        "licenses_active": active,
        "qualified": 10,
    }
    return UsageRow(**values | other)


def report(*pages: list[UsageRow]) -> tuple[UsageReport, RowAggregator]:
    tally = RowAggregator((Dimension.CUSTOMER,), every_row=True)
    for page in pages:
        tally.add(page)
    return tally.report(), tally


@pytest.mark.parametrize("absent", [NO_PRODUCT, NO_CUSTOMER])
def test_same_row_on_two_pages_counts_once_and_is_said_to_come_again(absent: dict[str, Any]) -> None:
    found, tally = report([row(**absent), row(2)], [row(**absent), row(3, workload_code="SPO", workload="SharePoint")])
    exchange = sum(line.figures.sums.active for line in found.rows)
    assert (exchange, tally.repeated, found.gaps.repeated) == (6, 1, 1)


@pytest.mark.parametrize("absent", [NO_PRODUCT, NO_CUSTOMER])
def test_equal_rows_on_one_page_are_different_rows(absent: dict[str, Any]) -> None:
    found, tally = report([row(**absent), row(**absent)])
    assert (sum(line.figures.sums.active for line in found.rows), tally.repeated) == (2, 0)
    again, tally = report([row(**absent)], [row(**absent), row(**absent)])
    assert (sum(line.figures.sums.active for line in again.rows), tally.repeated) == (2, 1)


def test_customer_without_an_id_has_none_in_json_and_no_label_of_its_name() -> None:
    found, _ = report([row(**NO_CUSTOMER), row(2, customer_id="00000000-0000-0000-0000-000000000000")])
    names = NameIndex.of([Entry(Dimension.CUSTOMER, "ID-A", "Lamna Care")])
    detailed = with_details(found, names)
    assert [row_as_json(line)["customerId"] for line in detailed.rows] == [None, None]
    assert [line.entries[Dimension.CUSTOMER].label for line in detailed.rows] == ["Lamna Care", "Lamna Care"]


@pytest.mark.parametrize("dimension", [Dimension.WORKLOAD, Dimension.SERVICE, Dimension.PRODUCT])
def test_every_id_is_null_in_json_when_the_service_sent_none(dimension: Dimension) -> None:
    tally = RowAggregator((Dimension.CUSTOMER, dimension))
    tally.add([row(**{dimension.id_attribute: None})])
    [line] = tally.report().rows
    told = row_as_json(line)
    assert told[f"{dimension.value}Id"] is None
    assert told[dimension.value] == line.entries[dimension].name != ""
