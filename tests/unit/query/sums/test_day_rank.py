"""Which of several days an answer is about."""

from datetime import date

import pytest

from bot.query.sums.day_rank import best_day, day_rank

SEVENTH, TENTH, FOURTEENTH, LAST = (date(2018, 10, number) for number in (7, 10, 14, 31))
DAYS = (SEVENTH, TENTH, FOURTEENTH, LAST)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (None, [LAST, FOURTEENTH, TENTH, SEVENTH]),
        (TENTH, [TENTH, SEVENTH, FOURTEENTH, LAST]),
        (date(2018, 10, 12), [TENTH, SEVENTH, FOURTEENTH, LAST]),
        (date(2018, 10, 1), [SEVENTH, TENTH, FOURTEENTH, LAST]),
        (LAST, [LAST, FOURTEENTH, TENTH, SEVENTH]),
    ],
)
def test_wanted_day_is_first_then_those_before_then_those_after(wanted: date | None, expected: list[date]) -> None:
    by_rank = sorted([None, *DAYS], key=lambda day: day_rank(day, wanted), reverse=True)
    assert by_rank == [*expected, None]
    assert best_day(DAYS, wanted) == best_day(DAYS[::-1], wanted) == expected[0]


@pytest.mark.parametrize("wanted", [None, TENTH])
def test_of_no_days_none_is_the_best(wanted: date | None) -> None:
    assert best_day([], wanted) is None
