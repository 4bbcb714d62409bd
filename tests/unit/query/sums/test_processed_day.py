"""Days that can be read in one way only."""

from datetime import date

import pytest

from bot.query.sums.processed_day import processed_day


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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2011-01-01T00:00:00", date(2011, 1, 1)),
        ("2099-12-31", date(2099, 12, 31)),
        ("/Date(1539475200000)/", date(2018, 10, 14)),
        (r"\/Date(1539561599999+0000)\/", date(2018, 10, 14)),
        ("Sun, 14 Oct 2018 23:59:59 GMT", date(2018, 10, 14)),
    ],
)
def test_day_is_read_in_the_forms_of_older_services(text: str, day: date) -> None:
    assert processed_day(text) == day


@pytest.mark.parametrize("text", ["2010-12-31", "2100-01-01", "2038-01-19", "2079-06-06", "/Date(0)/", "1601-01-01"])
def test_value_of_a_clock_that_was_not_set_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"^a sentinel value, not a day$"):
        processed_day(text)
