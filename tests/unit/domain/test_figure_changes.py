"""How far figures moved from one day to another."""

import pytest

from bot.domain.figure_changes import move
from bot.domain.figures import LicenseFigures, Licenses, WorkloadLicenses
from bot.domain.licensing import Dimension, Entry
from tests.shown_figures import of


def several(workload: str, active: int, qualified: int, *, all_active: int, all_qualified: int) -> LicenseFigures:
    worst = WorkloadLicenses(Entry(Dimension.WORKLOAD, workload, workload), Licenses.of(active, qualified))
    return LicenseFigures(Licenses.of(all_active, all_qualified), worst)


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ((62, 100), (48, 100), (-14, -14)),
        ((1, 1), (1, 2), (0, -50)),  # bought since
        ((5, 8), (16, 8), (3, 37)),  # what is active without a qualified license is no use of what was sold
        ((0, 0), (3, 9), (3, 0)),  # n/a has no points
        ((4, 9), (4, 9), (0, 0)),
    ],
)
def test_licenses_come_first_when_there_is_one_workload(before, after, moved) -> None:
    assert move(of(*before), of(*after)) == moved


def test_points_come_first_when_there_are_several_workloads() -> None:
    before = several("Teams", 50, 100, all_active=150, all_qualified=200)
    after = several("Teams", 40, 100, all_active=146, all_qualified=200)
    assert move(before, after) == (-2, -10)


def test_numbers_of_different_workloads_are_not_compared() -> None:
    before = several("Teams", 50, 100, all_active=150, all_qualified=200)
    after = several("Exchange", 20, 100, all_active=120, all_qualified=200)
    assert move(before, after) == (-15, 0)
    assert move(of(50, 100), after) == (10, 0)
