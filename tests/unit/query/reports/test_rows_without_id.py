"""Rows without an id: what they are called, and when two of them are one."""

from typing import Any

import pytest

from bot.domain.licensing import Dimension, Entry, UsageRow
from bot.export.answer_rows import row_as_json
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


@pytest.mark.parametrize("code", [None, "00000000-0000-0000-0000-000000000000"])
def test_worst_workload_has_no_id_in_json_when_the_service_sent_none(code: str | None) -> None:
    found, _ = report([row(0, workload_code=code), row(9, workload_code="SPO", workload="SharePoint")])
    worst = row_as_json(found.rows[0])["worst"]
    assert isinstance(worst, dict)
    assert (worst["workload"], worst["workloadId"]) == ("Exchange", None)


def test_name_of_one_member_is_not_taken_for_the_id_of_another() -> None:
    rows = [row(workload_code="exo", workload=None), row(2, workload_code=None, workload="EXO", product_id="E5")]
    for each in (rows, rows[::-1]):
        tally = RowAggregator((Dimension.WORKLOAD,))
        tally.add(each)
        assert sorted(line.figures.sums.active for line in tally.report().rows) == [1, 2]


def test_products_without_an_id_are_not_one_product_in_common() -> None:
    alone, _ = report([row(product_id=None)])
    several, _ = report([row(product_id=None), row(2, product_id=None)])
    assert alone.rows[0].entries[Dimension.PRODUCT] == Entry(Dimension.PRODUCT, "E3", "E3")
    assert Dimension.PRODUCT not in several.rows[0].entries
