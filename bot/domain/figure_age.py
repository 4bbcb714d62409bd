"""How old figures are, in the unit that a person would use. Pure."""

from dataclasses import dataclass
from datetime import date

# Days. Older figures say their age in words, because a date alone is easily read as this month's.
OLD_AFTER = 45
# The next unit begins where its count is not less than what was said the day before: 91 days are 13 weeks, 92 are 3
# months; 730 days are 24 months, 731 are 2 years.
WEEK, MONTHS_FROM, YEARS_FROM = 7, 92, 731


@dataclass(frozen=True, slots=True)
class FigureAge:
    """An age: `count` of `unit` (weeks, months or years)."""

    unit: str
    count: int


def figure_age(day: date, today: date) -> FigureAge | None:
    """Return how old figures of `day` are, None if at most `OLD_AFTER` days."""
    days = (today - day).days
    if days <= OLD_AFTER:
        return None
    if days < MONTHS_FROM:
        return FigureAge("weeks", days // WEEK)
    if days < YEARS_FROM:
        return FigureAge("months", days * 12 // 365)
    return FigureAge("years", days * 4 // 1461)
