"""Sums do not depend on the order in which rows arrive."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict

from bot.domain.figures import Licenses
from bot.domain.identifier import folded_id
from bot.domain.licensing import DeploymentRow, Dimension, Field, UsageRow
from bot.query.filters.expression import Eq
from bot.query.filters.row_selection import RowSelection
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.reports.usage_report import Remark
from bot.query.sums.repeated_rows import RowsKeptError

ZEROS = "00000000-0000-0000-0000-000000000000"
IDS = st.sampled_from(["a", "A", " a\u200b", "b"]) | st.sampled_from([None, "", ZEROS, " "])
# A name is now and then what another row has as its id.
NAMES = st.sampled_from(["a", "A", "b ", "\u200b"]) | st.none() | st.just("")
DAYS = st.sampled_from(["2018-10-14T00:00:00", "2018-10-07T00:00:00Z", "2018-10-14T01:02:03.21Z", "soon"]) | st.none()
COUNTS = st.integers(0, 3) | st.none()
ROW = st.builds(
    UsageRow,
    workload_code=IDS,
    workload=NAMES,
    service_code=IDS,
    service=NAMES,
    channel=IDS,
    customer_id=IDS,
    customer=NAMES,
    product_id=IDS,
    product=NAMES,
    processed=DAYS,
    qualified=COUNTS,
    licenses_active=COUNTS,
    license_active=COUNTS,
)
# Rows of one kind: only some of their texts differ, so that they are repeated, contradict each other or are added.
ALIKE = st.builds(
    UsageRow,
    workload_code=st.just("exo"),
    service_code=st.just("o365"),
    channel=st.sampled_from(["direct", "Direct", None]),
    customer_id=st.sampled_from(["a", "A", "b", None]),
    customer=st.sampled_from(["One", "one", None]),
    product_id=st.sampled_from(["e3", "E3", "e5", None]),
    product=st.sampled_from(["E3", "e3", None]),
    processed=st.sampled_from(["2018-10-14", "2018-10-14", "2018-10-07", None]),
    qualified=st.integers(1, 2),
    licenses_active=st.integers(0, 1),
)


def of_deployment(row):
    """Return a row of the deployment report that says the same, which has no workload."""
    values = asdict(row) | {"workload_code": None, "workload": None}
    return DeploymentRow(**values)


SOLD = (ROW | ALIKE).map(of_deployment)
ROWS = (
    st.lists(ROW, max_size=25)
    | st.lists(ALIKE, max_size=12)
    | st.lists(ROW | ALIKE, max_size=25)
    | st.lists(SOLD, max_size=25)
)
BY = st.lists(st.sampled_from(Dimension), unique=True).map(tuple)
WANTED = st.none() | st.sampled_from([date(2018, 10, 7), date(2018, 10, 10)])
ORDERS = st.none() | st.builds(TopBottom, st.integers(0, 5), st.booleans())
KEEP = st.none() | st.just(Eq(Field.PRODUCT_ID, "a"))


def reported(pages, by, keep=None, wanted=None, order=None, **options):
    tally = RowAggregator(by, keep, wanted=wanted, **options)
    for page in pages:
        tally.add(page)
    tally.check()
    return tally.report(order=order)


def read(pages, by, *options):
    """Return the report as the client makes it.

    If rows must be compared, all pages are read again.
    """
    try:
        return reported(pages, by, *options)
    except RowsKeptError:
        return reported(pages, by, *options, every_row=True)


def divided(rows, chance):
    """Return the rows in another order, in some pages."""
    rows = chance.sample(rows, len(rows))
    cuts = sorted(chance.choices(range(len(rows) + 1), k=chance.randint(0, 4)))
    return [rows[start:end] for start, end in zip([0, *cuts], [*cuts, len(rows)], strict=True)]


def distinct(rows):
    """Return the rows without those that say the same as another one and lack an id.

    On one page they are different rows, and on two pages they are the same row.
    """
    known, found = set(), []
    for row in rows:
        needed = [each for each in Dimension if row.has_workload or each is not Dimension.WORKLOAD]
        lacking = not all(folded_id(getattr(row, each.id_attribute)) for each in needed)
        if not lacking or row not in known:
            found.append(row)
        known.add(row)
    return found


def lines_of(row):
    return tuple(sorted(row.entries.items())), row.figures.sums


@given(ROWS, BY, KEEP, WANTED, ORDERS, st.randoms())
def test_report_is_the_same_for_any_order_and_paging_of_rows(rows, by, keep, wanted, order, chance):
    rows = distinct(rows)
    assert read(divided(rows, chance), by, keep, wanted, order) == read([rows], by, keep, wanted, order)


@given(st.lists(ROWS, max_size=4), BY, WANTED, ORDERS, st.randoms())
def test_report_is_the_same_for_any_order_of_pages_and_within_them(pages, by, wanted, order, chance):
    shuffled = [chance.sample(page, len(page)) for page in chance.sample(pages, len(pages))]
    assert read(shuffled, by, None, wanted, order) == read(pages, by, None, wanted, order)


@given(ROWS, BY, KEEP, WANTED)
def test_report_is_the_same_whether_or_not_every_row_is_kept(rows, by, keep, wanted):
    assert reported([rows], by, keep, wanted) == reported([rows], by, keep, wanted, every_row=True)


@given(st.lists(ALIKE, max_size=12), BY)
def test_products_are_said_to_be_added_if_a_customer_has_several(rows, by):
    tally = RowAggregator(by, every_row=True)
    tally.add(rows)
    kept = tally._newest.rows()
    places = Counter(row.customer_id.casefold() for row in kept if row.customer_id)
    products = {
        (row.customer_id.casefold(), (row.product_id or str(id(row))).casefold()) for row in kept if row.customer_id
    }
    several = any(len([1 for customer, _ in products if customer == each]) > 1 for each in places)
    assert (Remark.SUMMED_PRODUCTS in tally.report().remarks) is several


@given(ROWS, BY)
def test_the_total_is_the_same_for_every_grouping(rows, by):
    assert (read([rows], by).total) == (read([rows], ()).total)


@given(ROWS, BY)
def test_every_row_is_counted_as_known_or_unknown_in_its_item(rows, by):
    report = read([rows], by)
    assert sum(row.unknown for row in report.rows) <= report.gaps.unknown
    for row in report.rows:
        assert (row.key in report.unknown) is (row.unknown > 0)


@given(ROWS, BY)
def test_every_item_has_an_entry_for_each_dimension_it_is_listed_by(rows, by):
    for row in read([rows], by).rows:
        assert set(by) <= set(row.entries)


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


@given(st.lists(SOLD, max_size=25), BY, WANTED)
def test_sold_licenses_are_sums_of_one_workload_and_never_withheld(rows, by, wanted):
    report = read([rows], by, None, wanted)
    assert not report.total.withheld
    assert not any(row.figures.withheld for row in report.rows)
    assert report.total.counts == sum((row.figures.counts for row in report.rows), Licenses())


@given(st.lists(ALIKE.map(of_deployment), max_size=12))
def test_a_row_of_deployment_counts_once_however_often_it_comes(rows):
    rows = [row for row in rows if row.customer_id and row.product_id and row.channel and row.processed]
    twice, once = (reported(pages, (Dimension.PRODUCT,), every_row=True) for pages in ([rows, rows], [rows]))
    assert (twice.total, list(map(lines_of, twice.rows))) == (once.total, list(map(lines_of, once.rows)))
