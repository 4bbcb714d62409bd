"""A month or a year before a day."""

from datetime import date

import pytest

from bot.domain.compared_days import months_before


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2018, 9, 14), 1, date(2018, 8, 14)),
        (date(2018, 3, 31), 1, date(2018, 2, 28)),
        (date(2020, 2, 29), 12, date(2019, 2, 28)),
        (date(2019, 1, 31), 2, date(2018, 11, 30)),
        (date(1, 1, 5), 1, date.min),
    ],
)
def test_earlier_month_has_the_same_day_or_its_last(day, months, before) -> None:
    assert months_before(day, months) == before
