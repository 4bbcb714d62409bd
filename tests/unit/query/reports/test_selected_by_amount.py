"""Numbers of licenses select and order rows workload by workload."""

import pytest

from bot.domain.figures import LicenseMeasure
from bot.domain.licensing import Dimension, UsageRow
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.row_selection import RowSelection
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.reports.usage_report import UsageReport

UNUSED, ACTIVE, QUALIFIED, BEYOND = (
    LicenseMeasure.UNUSED,
    LicenseMeasure.ACTIVE,
    LicenseMeasure.QUALIFIED,
    LicenseMeasure.BEYOND,
)


def row(customer: str, workload: str, active: int, qualified: int) -> UsageRow:
    return UsageRow(
        customer_id=customer,
        customer=customer,
        workload_code=workload,
        workload=workload,
        product_id="E3",
        product="E3",
        service_code="o365",
        service="Office",
        channel="reseller",
        processed="2018-10-14T00:00:00",
        licenses_active=active,
        qualified=qualified,
    )


ROWS = (
    row("A", "Exchange", 40, 100),
    row("A", "Teams", 95, 100),
    row("B", "Exchange", 30, 60),
    row("B", "Teams", 20, 60),
    row("C", "Exchange", 8, 10),
    row("D", "Teams", 30, 10),
)


def report(
    *amounts: AmountRange, limit: ShareRange | None = None, order: TopBottom | None = None, rows=ROWS
) -> UsageReport:
    tally = RowAggregator((Dimension.CUSTOMER,))
    tally.add(rows)
    return tally.report(RowSelection(limit, amounts), order)


def named(found: UsageReport) -> list[tuple[str, str]]:
    """Return the customer of each row, and the workload that is named if any."""
    return [
        (each.entries[Dimension.CUSTOMER].name, each.figures.worst.workload.name if each.figures.worst else "")
        for each in found.rows
    ]


def test_a_row_is_kept_when_one_workload_qualifies_and_is_named():
    assert named(report(AmountRange(UNUSED, low=35))) == [("A", "Exchange"), ("B", "Teams")]
    assert named(report(AmountRange(UNUSED, 5, 30))) == [("B", "Exchange"), ("A", "Teams")]


def test_numbers_of_several_workloads_are_not_added():
    assert named(report(AmountRange(UNUSED, low=61))) == []
    assert named(report(AmountRange(QUALIFIED, low=101))) == []


def test_several_conditions_hold_for_the_same_workload():
    assert named(report(AmountRange(UNUSED, low=35), AmountRange(ACTIVE, low=90))) == []
    assert named(report(AmountRange(UNUSED, low=35), AmountRange(ACTIVE, low=40))) == [("A", "Exchange")]


def test_a_percentage_is_of_the_whole_row():
    half = ShareRange(high=0.5)  # B: 50 of 120; A: 135 of 200, though its Exchange has 40 of 100
    assert named(report(AmountRange(UNUSED, low=35), limit=half)) == [("B", "Teams")]


def test_above_100_percent_and_a_number_hold_for_the_same_workload():
    above = ShareRange(low=1.0, low_included=False)
    rows = (*ROWS, row("E", "Exchange", 9, 5), row("E", "Teams", 0, 50))
    assert named(report(AmountRange(UNUSED, low=1), limit=above, rows=rows)) == []
    assert named(report(AmountRange(ACTIVE, low=5), limit=above, rows=rows)) == [("D", ""), ("E", "Exchange")]


def test_rows_are_sorted_by_licenses_beyond_when_these_are_asked_for():
    rows = (*ROWS, row("E", "Exchange", 50, 5), row("E", "Teams", 0, 50))
    assert named(report(AmountRange(BEYOND, low=1), rows=rows)) == [("E", "Exchange"), ("D", "")]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (TopBottom(2, measure=UNUSED), [("A", "Exchange"), ("B", "Teams")]),
        (TopBottom(2, measure=ACTIVE), [("A", "Teams"), ("B", "Exchange")]),
        (TopBottom(2, lowest=True, measure=ACTIVE), [("C", ""), ("B", "Teams")]),
        (TopBottom(9, lowest=True, measure=UNUSED), [("D", ""), ("C", ""), ("A", "Teams"), ("B", "Exchange")]),
        (TopBottom(1, measure=BEYOND), [("D", "")]),
        (TopBottom(2, measure=QUALIFIED), [("A", "Exchange"), ("B", "Exchange")]),
    ],
)
def test_an_order_counts_the_largest_or_smallest_number_of_one_workload(order, expected):
    assert named(report(order=order)) == expected


def test_of_equal_numbers_the_one_with_more_licenses_comes_first():
    rows = (row("SMALL", "Teams", 0, 5), row("LARGE", "Teams", 0, 50))
    assert named(report(order=TopBottom(2, lowest=True, measure=ACTIVE), rows=rows)) == [("LARGE", ""), ("SMALL", "")]


def test_the_total_names_the_workload_with_most_unused():
    found = report(AmountRange(ACTIVE, high=30), order=TopBottom(2, lowest=True, measure=ACTIVE))
    assert named(found) == [("C", ""), ("B", "Teams")]
    assert found.total.worst is not None
    assert (found.total.worst.workload.name, found.total.worst.licenses.unused) == ("Teams", 40)
    assert (found.matched, found.matched_before_limit) == (3, 4)
