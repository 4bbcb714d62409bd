"""The differences between two random reports are those of their rows."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.compared_days import Movement
from bot.domain.figures import Licenses
from bot.domain.licensing import Dimension, UsageRow
from bot.query.reports.report_comparison import ChangeKind, DayFigures, compared_rows, moved_first
from bot.query.reports.row_aggregator import RowAggregator

CUSTOMERS, PRODUCTS = ("a", "b", "c", "d"), ("p", "q")
COUNTS = st.none() | st.tuples(st.integers(0, 9), st.integers(0, 9))
# Of each customer and product, the counts of its row; None if they are unknown.
DAYS = st.dictionaries(st.tuples(st.sampled_from(CUSTOMERS), st.sampled_from(PRODUCTS)), COUNTS)


def figures(day):
    tally = RowAggregator((Dimension.CUSTOMER,))
    tally.add(
        [
            UsageRow(
                workload_code="EXO",
                workload="Exchange",
                service_code="o365",
                service="Office",
                channel="reseller",
                customer_id=f"id-{customer}",
                customer=customer,
                product_id=product,
                product=product,
                processed="2018-10-14T00:00:00",
                qualified=None if counts is None else counts[1],
                licenses_active=None if counts is None else counts[0],
            )
            for (customer, product), counts in day.items()
        ]
    )
    return DayFigures(tally.report(), tally.unknown_items())


def truth(day):
    """Return the sums of each customer; None if one of its rows is unknown."""
    found = defaultdict(list)
    for (customer, _), counts in day.items():
        found[customer].append(counts)
    return {
        customer: None if None in every else sum((Licenses.of(*each) for each in every), Licenses())
        for customer, every in found.items()
    }


@given(DAYS, DAYS)
def test_differences_are_those_of_the_rows(earlier, later):
    before, after = truth(earlier), truth(later)
    compared = compared_rows(figures(earlier), figures(later))
    seen = {}
    for row, change in zip(compared.rows, compared.changes, strict=True):
        seen[row.entries[Dimension.CUSTOMER].name] = (row, change)
    for name, (row, change) in seen.items():
        if name in before and before[name] is not None and after[name] is not None:
            assert change.before is not None
            assert change.before.sums == before[name]
            assert row.figures.sums == after[name]
            assert change.kind is (ChangeKind.SAME if before[name] == after[name] else ChangeKind.CHANGED)
        else:
            new = name not in before and after[name] is not None
            assert change.kind is (ChangeKind.NEW if new else ChangeKind.UNKNOWN)
            assert change.before is None
    gone = {row.entries[Dimension.CUSTOMER].name: row.figures.sums for row in compared.gone}
    assert {name: sums for name, sums in gone.items() if before[name] is not None} == {
        name: sums for name, sums in before.items() if name not in after and sums is not None
    }
    assert not gone.keys() & after.keys()


@given(DAYS, DAYS, st.none() | st.sampled_from(Movement))
def test_order_loses_no_row_and_drops_do_not_rise(earlier, later, only):
    compared = compared_rows(figures(earlier), figures(later))
    moved = moved_first(compared, only)
    pairs = list(zip(moved.rows, moved.changes, strict=True))
    assert all(pair in list(zip(compared.rows, compared.changes, strict=True)) for pair in pairs)
    used = [row.figures.sums.used - change.before.sums.used for row, change in pairs if change.before is not None]
    if only is None:
        assert len(pairs) == len(compared.rows)
        assert used == sorted(used)
    if only is Movement.DROPPED:
        assert all(each <= 0 for each in used)
    if only is Movement.IMPROVED:
        assert all(each >= 0 for each in used)
        assert used == sorted(used, reverse=True)
