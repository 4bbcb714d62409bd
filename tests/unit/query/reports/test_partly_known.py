"""A line whose rows are known only in part says how many are not."""

import pytest

from bot.domain.licensing import Dimension
from bot.query.filters.row_selection import RowSelection
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.reports.row_aggregator import RowAggregator
from tests.unit.query.reports.test_row_aggregator import EOP, row

CUSTOMER = (Dimension.CUSTOMER,)
ROWS = (
    row("A", active=0, qualified=9),
    row("A", product=EOP, active=None),
    row("A", "Teams", qualified=None),
    row("B", active=3, qualified=9),
    row("C", active=None),
)


def counted(*rows, by=CUSTOMER, every_row=False, **options):
    """Return how many rows of each item are unknown."""
    tally = RowAggregator(by, every_row=every_row)
    tally.add(rows)
    return {tuple(entry.name for entry in each.entries.values())[:1]: each.unknown for each in
            tally.report(**options).rows}  # fmt: skip


@pytest.mark.parametrize("every_row", [False, True])
def test_rows_without_figures_are_counted_by_their_item(every_row: bool) -> None:
    assert counted(*ROWS, every_row=every_row) == {("A",): 2, ("B",): 0}


@pytest.mark.parametrize("every_row", [False, True])
def test_row_without_a_readable_day_is_unknown_too(every_row: bool) -> None:
    odd = row("B", product=EOP, processed="soon")
    assert counted(*ROWS, odd, every_row=every_row) == {("A",): 2, ("B",): 1}


def test_selections_and_orders_keep_the_number() -> None:
    idle = RowSelection(ShareRange(high=0))
    assert counted(*ROWS, selection=idle) == {("A",): 2}
    assert counted(*ROWS, order=TopBottom(1, lowest=True)) == {("A",): 2}


def test_items_of_other_dimensions_have_their_own_numbers() -> None:
    assert counted(*ROWS, by=(Dimension.WORKLOAD,)) == {("Exchange",): 2}
    assert counted(*ROWS, by=()) == {("Exchange",): 3}


def test_rows_that_contradict_each_other_are_each_unknown() -> None:
    contrary = (row("B", product=EOP, active=1), row("B", product=EOP, active=2), row("B", product=EOP, active=1))
    assert counted(*ROWS, *contrary) == {("A",): 2, ("B",): 3}


def test_row_without_a_customer_id_makes_no_customer_unknown() -> None:
    assert counted(*ROWS, row("B", product=EOP, active=None, customer_id=None)) == {("A",): 2, ("B",): 0}


def test_report_knows_the_items_that_it_does_not_show() -> None:
    tally = RowAggregator(CUSTOMER)
    tally.add(ROWS)
    assert tally.report().unknown == {("id-a",), ("id-c",)}
