"""Conditions on numbers of licenses keep what a direct computation keeps."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures import LicenseMeasure, Licenses
from bot.domain.licensing import Dimension, UsageRow
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.row_selection import RowSelection
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.reports.row_aggregator import RowAggregator

CUSTOMERS, WORKLOADS, PRODUCTS = "abcde", "XYZ", "12"
NUMBERS = st.integers(0, 12)
DATA = st.dictionaries(
    st.tuples(st.sampled_from(CUSTOMERS), st.sampled_from(WORKLOADS), st.sampled_from(PRODUCTS)),
    st.tuples(NUMBERS, NUMBERS),
)
MEASURES = st.sampled_from(LicenseMeasure)
AMOUNTS = st.lists(
    st.builds(AmountRange, MEASURES, st.none() | NUMBERS, st.none() | NUMBERS),
    max_size=3,
    unique_by=lambda each: each.measure,
).map(tuple)
LIMITS = st.none() | st.builds(ShareRange, high=st.sampled_from([0.0, 0.3, 0.5, 1.0]), high_included=st.booleans())


def rows_of(data):
    return [
        UsageRow(
            customer_id=customer,
            customer=customer,
            workload_code=workload,
            workload=workload,
            product_id=product,
            product=product,
            service_code="s",
            service="s",
            channel="c",
            processed="2018-10-14T00:00:00",
            licenses_active=active,
            qualified=qualified,
        )
        for (customer, workload, product), (active, qualified) in data.items()
    ]


def by_workload(data):
    """Return the numbers of each workload of each customer, by their definitions."""
    found = defaultdict(lambda: defaultdict(lambda: dict.fromkeys(LicenseMeasure, 0)))
    for (customer, workload, _), (active, qualified) in data.items():
        numbers = found[customer][workload]
        numbers[LicenseMeasure.ACTIVE] += active
        numbers[LicenseMeasure.QUALIFIED] += qualified
        numbers[LicenseMeasure.UNUSED] += max(qualified - active, 0)
        numbers[LicenseMeasure.BEYOND] += max(active - qualified, 0)
    return found


def is_within(numbers, amounts):
    return all(
        (each.low is None or numbers[each.measure] >= each.low)
        and (each.high is None or numbers[each.measure] <= each.high)
        for each in amounts
    )


def is_within_share(workloads, limit):
    used = sum(each[LicenseMeasure.QUALIFIED] - each[LicenseMeasure.UNUSED] for each in workloads.values())
    qualified = sum(each[LicenseMeasure.QUALIFIED] for each in workloads.values())
    if limit is None:
        return True
    return qualified > 0 and (used < limit.high * qualified or (limit.high_included and used == limit.high * qualified))


def reported(data, selection, order=None):
    tally = RowAggregator((Dimension.CUSTOMER,))
    tally.add(rows_of(data))
    return tally.report(selection, order)


@given(DATA, AMOUNTS, LIMITS)
def test_kept_rows_are_those_with_one_workload_within_all_conditions(data, amounts, limit):
    found = reported(data, RowSelection(limit, amounts))
    expected = {
        customer
        for customer, workloads in by_workload(data).items()
        if is_within_share(workloads, limit) and any(is_within(each, amounts) for each in workloads.values())
    }
    assert {row.entries[Dimension.CUSTOMER].id for row in found.rows} == expected


@given(DATA, AMOUNTS)
def test_the_named_workload_is_within_all_conditions(data, amounts):
    numbers = by_workload(data)
    for row in reported(data, RowSelection(amounts=amounts)).rows:
        workloads = numbers[row.entries[Dimension.CUSTOMER].id]
        if row.figures.worst is not None:
            assert is_within(workloads[row.figures.worst.workload.id], amounts)
        assert all(each.admits(row.figures.counts) for each in amounts)


@given(DATA, MEASURES, st.booleans(), st.integers(1, 6), AMOUNTS)
def test_an_order_counts_one_workload_of_each_row(data, measure, lowest, count, amounts):
    found = reported(data, RowSelection(amounts=amounts), TopBottom(count, lowest, measure))
    chosen = min if lowest else max
    expected = sorted(
        (
            chosen(each[measure] for each in workloads.values() if is_within(each, amounts))
            for workloads in by_workload(data).values()
            if any(is_within(each, amounts) for each in workloads.values())
        ),
        reverse=not lowest,
    )
    assert [measure.of(row.figures.counts) for row in found.rows] == expected[:count]
    assert found.matched == len(expected)


@given(DATA, MEASURES, NUMBERS)
def test_a_condition_and_its_opposite_share_out_the_workloads(data, measure, number):
    low, high = AmountRange(measure, low=number), AmountRange(measure, high=number - 1)
    for workloads in by_workload(data).values():
        for numbers in workloads.values():
            licenses = Licenses(numbers["active"], numbers["qualified"], numbers["unused"])
            assert low.admits(licenses) is not high.admits(licenses)
