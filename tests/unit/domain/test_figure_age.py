"""How old figures are, in words."""

from datetime import date, timedelta
from itertools import pairwise

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
        (91, FigureAge("weeks", 13)),
        (92, FigureAge("months", 3)),
        (365, FigureAge("months", 12)),
        (729, FigureAge("months", 23)),
        (730, FigureAge("months", 24)),
        (731, FigureAge("years", 2)),
        (2922, FigureAge("years", 8)),
    ],
)
def test_age_is_in_the_unit_a_person_would_use(days: int, age: FigureAge | None) -> None:
    assert figure_age(TODAY - timedelta(days=days), TODAY) == age


def test_age_never_goes_back_from_one_day_to_the_next() -> None:
    shortest = {"weeks": 7, "months": 30, "years": 365}
    ages = [figure_age(TODAY - timedelta(days=days), TODAY) for days in range(46, 4000)]
    days = [shortest[age.unit] * age.count for age in ages if age is not None]
    drops = [before - after for before, after in pairwise(days) if after < before]
    assert drops == [91 - 90]  # 13 weeks are a quarter, as 3 months are
