"""Sums do not depend on the order in which rows arrive."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from bot.domain.licensing import Dimension, UsageRow
from bot.query.filters.row_selection import RowSelection
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.reports.usage_report import Remark

GAPPY = st.sampled_from(["a", "A", "b"]) | st.none() | st.just("")
ROWS = st.lists(
    st.builds(
        UsageRow,
        workload_code=GAPPY,
        workload=GAPPY,
        service_code=GAPPY,
        service=GAPPY,
        channel=GAPPY,
        customer_id=GAPPY,
        customer=GAPPY,
        product_id=GAPPY,
        product=GAPPY,
        processed=st.sampled_from(["2018-10-14T00:00:00", "2018-10-07T00:00:00Z", "2018-10-14T01:02:03.21Z"])
        | st.none(),
        qualified=st.integers(0, 9) | st.none(),
        licenses_active=st.integers(0, 9) | st.none(),
        license_active=st.integers(0, 9) | st.none(),
    ),
    max_size=25,
)
BY = st.lists(st.sampled_from(Dimension), unique=True).map(tuple)

# Rows without a product id are like several others, so whether products are added depends on which is read first.
UNORDERED = {Remark.SUMMED_PRODUCTS}


def reported(rows, by, portions=1):
    tally = RowAggregator(by, every_row=True)
    for start in range(portions):
        tally.add(rows[start::portions])
    return tally.report()


def identified(row):
    """Return the row with an id and its name in every dimension."""
    ids = {"workload_code": "workload", "service_code": "service", "customer_id": "customer", "product_id": "product"}
    found = {id_: getattr(row, id_) or "z" for id_ in ids}
    named = {ids[id_]: text.casefold() for id_, text in found.items()}
    return structs.replace(row, channel=row.channel or "z", **found, **named)


def figures(report):
    """Return what does not depend on which spelling of an id came first."""
    lines = [
        (
            sorted((dimension, entry.id.casefold()) for dimension, entry in row.entries.items()),
            row.figures.sums,
            row.figures.percent,
        )
        for row in report.rows
    ]
    return sorted(lines, key=repr), report.total.sums, {entry.day for entry in report.as_of}, report.remarks - UNORDERED


def spelled_alike(figures):
    """Return figures whose workload's id does not depend on the first spelling."""
    worst = figures.worst
    return figures.sums, worst and (worst.workload.id.casefold(), worst.licenses)


def lines_of(row):
    return tuple(sorted(row.entries.items())), row.figures.sums


@given(ROWS, BY, st.integers(1, 4), st.randoms())
def test_report_is_the_same_for_any_order_and_paging_of_rows(rows, by, portions, chance):
    # A row without an id is like several others: what it is added to depends on which is read first.
    rows = list(dict.fromkeys(map(identified, rows)))
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    assert figures(reported(shuffled, by, portions)) == figures(reported(rows, by))


@given(ROWS, BY)
def test_the_total_is_the_same_for_every_grouping(rows, by):
    assert spelled_alike(reported(rows, by).total) == spelled_alike(reported(rows, ()).total)


@given(ROWS, BY)
def test_every_item_has_an_entry_for_each_dimension_it_is_listed_by(rows, by):
    for row in reported(rows, by).rows:
        assert set(by) <= set(row.entries)


@given(ROWS, BY)
def test_one_page_has_the_same_figures_with_and_without_every_row(rows, by):
    tally = RowAggregator(by)
    tally.add(rows)
    assert figures(tally.report()) == figures(reported(rows, by))
    assert tally.report().gaps == reported(rows, by).gaps


@given(ROWS, BY, st.floats(0, 2), st.floats(0, 2), st.integers(-1, 30), st.booleans())
def test_a_limit_and_an_order_select_among_the_items(rows, by, low, high, count, lowest):
    tally = RowAggregator(by)
    tally.add(rows)
    every, chosen = tally.report(), tally.report(RowSelection(ShareRange(low, high)), TopBottom(count, lowest))
    assert {lines_of(row) for row in chosen.rows} <= {lines_of(row) for row in every.rows}
    assert len(chosen.rows) == min(chosen.matched, max(count, 0))
    assert chosen.matched <= chosen.matched_before_limit == len(every.rows)
    shares = [row.figures.share for row in chosen.rows if row.figures.share is not None]
    assert shares == sorted(shares, reverse=not lowest)
