"""Days that can be read in one way only."""

from datetime import date

import pytest

from bot.query.sums import processed_day as day_module
from bot.query.sums.processed_day import DayReader, processed_day


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
        ("20181014", date(2018, 10, 14)),
        ("20181014T23:59:59Z", date(2018, 10, 14)),
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


TODAY = date(2018, 10, 14)


@pytest.mark.parametrize("text", ["2018-10-13", "2018-10-14", "2018-10-16"])
def test_day_may_be_two_days_ahead_of_the_own_clock(text: str) -> None:
    assert processed_day(text, TODAY) == date.fromisoformat(text)


def test_later_day_is_in_the_future() -> None:
    with pytest.raises(ValueError, match=r"^a day in the future$"):
        processed_day("2018-10-17", TODAY)
    assert processed_day("2018-10-17") == date(2018, 10, 17)


def test_number_that_is_beyond_every_date_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^not a date and time$"):
        processed_day("/Date(999999999999999)/")


def test_day_of_a_text_is_read_once_until_too_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noting(text: str, today: date | None) -> date:
        read.append(text)
        return processed_day(text, today)

    monkeypatch.setattr(day_module, "processed_day", noting)
    monkeypatch.setattr(day_module, "MEMORY_LIMIT", 2)
    days = DayReader(TODAY)
    texts = ["2018-10-14", "soon", "2018-10-14", "soon", "2018-10-17", "2018-10-17", "soon"]
    assert [days.day(text) for text in texts] == [TODAY, None, TODAY, None, None, None, None]
    assert read == ["2018-10-14", "soon", "2018-10-17", "soon"]


def test_without_a_today_every_day_is_one() -> None:
    assert DayReader().day("2018-10-17") == date(2018, 10, 17)
    assert DayReader(TODAY).day("2018-10-17") is None
