"""Days that can be read in one way only."""

from datetime import date

import pytest

from bot.query.reports.processed_day import processed_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10/14/2018", date(2018, 10, 14)),
        ("14/10/2018", date(2018, 10, 14)),
        ("10/13/2018", date(2018, 10, 13)),
        ("13/10/2018", date(2018, 10, 13)),
        ("10-14-2018 12:00 AM", date(2018, 10, 14)),
        ("10/10/2018", date(2018, 10, 10)),
        ("12/12/2018", date(2018, 12, 12)),
        ("3.10.2018", date(2018, 10, 3)),
    ],
)
def test_day_is_read_when_only_one_number_can_be_the_month(text: str, day: date) -> None:
    assert processed_day(text) == day


@pytest.mark.parametrize("text", ["3/10/2018", "10/3/2018", "12/11/2018", "11/12/2018", "1-2-2018"])
def test_no_day_is_read_when_both_numbers_can_be_the_month(text: str) -> None:
    with pytest.raises(ValueError, match=r"^the day and the month cannot be told apart$"):
        processed_day(text)
