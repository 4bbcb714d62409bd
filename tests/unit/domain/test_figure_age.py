"""How old figures are, in words."""

from datetime import date, timedelta

import pytest

from bot.domain.figure_age import FigureAge, figure_age

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("days", "age"),
    [
        (-1, None),
        (0, None),
        (45, None),
        (46, FigureAge("weeks", 6)),
        (89, FigureAge("weeks", 12)),
        (92, FigureAge("months", 3)),
        (365, FigureAge("months", 12)),
        (729, FigureAge("months", 23)),
        (731, FigureAge("years", 2)),
        (2922, FigureAge("years", 8)),
    ],
)
def test_age_is_in_the_unit_a_person_would_use(days: int, age: FigureAge | None) -> None:
    assert figure_age(TODAY - timedelta(days=days), TODAY) == age
