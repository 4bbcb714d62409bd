"""Which numbers of licenses are within a condition, and how it is said."""

import pytest

from bot.domain.figures import LicenseMeasure, Licenses
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.row_selection import EVERYTHING, RowSelection
from bot.query.filters.share_filter import ShareRange

UNUSED = LicenseMeasure.UNUSED
TRIAL = Licenses(active=16, qualified=8, unused=3)  # 11 of 0 and 5 of 8


@pytest.mark.parametrize(
    ("measure", "number"),
    [
        (LicenseMeasure.ACTIVE, 16),
        (LicenseMeasure.QUALIFIED, 8),
        (LicenseMeasure.UNUSED, 3),
        (LicenseMeasure.BEYOND, 11),
    ],
)
def test_bounds_are_included_for_each_measure(measure: LicenseMeasure, number: int) -> None:
    assert AmountRange(measure, number, number).admits(TRIAL)
    assert AmountRange(measure, low=number).admits(TRIAL)
    assert AmountRange(measure, high=number).admits(TRIAL)
    assert not AmountRange(measure, low=number + 1).admits(TRIAL)
    assert not AmountRange(measure, high=number - 1).admits(TRIAL)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (101, None, ("above", (100,))),
        (200, None, ("at_least", (200,))),
        (1, None, ("above", (0,))),
        (0, None, ("at_least", (0,))),
        (6, None, ("above", (5,))),
        (5, None, ("at_least", (5,))),
        (None, 9, ("below", (10,))),
        (None, 5, ("at_most", (5,))),
        (None, 0, ("at_most", (0,))),
        (10, 50, ("between", (10, 50))),
        (7, 7, ("exactly", (7,))),
    ],
)
def test_range_is_said_with_the_rounder_number(low: int | None, high: int | None, said: tuple[str, object]) -> None:
    assert AmountRange(UNUSED, low, high).said() == said


def test_range_is_empty_when_no_number_is_within_it() -> None:
    assert AmountRange(UNUSED, 5, 4).is_empty
    assert AmountRange(UNUSED, high=-1).is_empty
    assert not AmountRange(UNUSED, 5, 5).is_empty
    assert not AmountRange(UNUSED, low=5).is_empty


def test_two_ranges_leave_what_is_within_both() -> None:
    low, high = AmountRange(UNUSED, low=5), AmountRange(UNUSED, high=9)
    assert low.within(high) == high.within(low) == AmountRange(UNUSED, 5, 9)
    assert AmountRange(UNUSED, 1, 20).within(AmountRange(UNUSED, 5, 30)) == AmountRange(UNUSED, 5, 20)


def test_a_percentage_is_of_the_row_and_numbers_are_of_a_workload() -> None:
    selection = RowSelection(ShareRange(high=0.5), (AmountRange(UNUSED, low=3),))
    assert not selection.admits_row(TRIAL)
    assert selection.admits_workload(TRIAL)
    assert selection.asks_workloads
    assert not RowSelection(ShareRange(high=0.5)).asks_workloads


def test_above_100_percent_is_a_condition_on_a_workload() -> None:
    selection = RowSelection(ShareRange(low=1.0, low_included=False), (AmountRange(UNUSED, low=4),))
    assert selection.admits_row(Licenses.of(1, 2))
    assert not selection.admits_workload(TRIAL)
    assert not selection.admits_workload(Licenses.of(1, 9))
    assert selection.measure is LicenseMeasure.BEYOND


@pytest.mark.parametrize(
    ("amount", "measure"),
    [
        (AmountRange(LicenseMeasure.BEYOND, low=1), LicenseMeasure.BEYOND),
        (AmountRange(LicenseMeasure.BEYOND, high=5), UNUSED),
        (AmountRange(LicenseMeasure.ACTIVE, low=1), UNUSED),
    ],
)
def test_rows_are_sorted_by_beyond_only_when_it_is_asked_for(amount: AmountRange, measure: LicenseMeasure) -> None:
    assert RowSelection(amounts=(amount,)).measure is measure
    assert EVERYTHING.measure is UNUSED
