"""Unused, beyond and percentage of one row and of several."""

import pytest

from bot.domain.figures import LicenseFigures, Licenses, WorkloadLicenses
from bot.domain.licensing import Dimension, Entry

TRIAL, SOLD = Licenses.of(11, 0), Licenses.of(5, 8)


def test_trial_does_not_hide_what_is_unused() -> None:
    both = TRIAL + SOLD
    assert (both.unused, both.percent, both.used, both.qualified, both.beyond) == (3, 63, 5, 8, 11)
    assert both.active == 16


def test_share_is_not_available_when_nothing_is_qualified() -> None:
    assert (TRIAL.share, TRIAL.percent, TRIAL.unused, TRIAL.beyond) == (None, None, 0, 11)


@pytest.mark.parametrize(
    ("active", "qualified", "percent"),
    [
        (0, 1, 0),
        (1, 1_000, 1),
        (999, 1_000, 99),
        (1, 1, 100),
        (7, 5, 100),
        (1, 8, 13),  # 12.5 is rounded up
        (5, 8, 63),
        (29, 200, 15),  # 14.5: as a float it would be rounded down
        (2**60 - 1, 2**60, 99),
    ],
)
def test_percentage_is_whole_and_rounded_half_up(active: int, qualified: int, percent: int) -> None:
    assert Licenses.of(active, qualified).percent == percent


def test_numbers_of_several_workloads_are_those_of_the_worst() -> None:
    teams = WorkloadLicenses(Entry(Dimension.WORKLOAD, "TEAMS", "Teams"), Licenses.of(62, 100))
    figures = LicenseFigures(Licenses.of(5, 5) + teams.licenses, teams)
    assert figures.withheld
    assert figures.counts == teams.licenses
    assert figures.percent == 64
