from datetime import date, time

import pytest

from bot.domain.recurrence import EveryFewWeeks, Monthly, MonthlyWeekday, OneDay, Recurrence, Weekly
from bot.domain.recurrence import Schedule as Due
from bot.language.moments.schedule_words import schedule_words
from bot.language.moments.time_words import TimeWords

AT = time(8, 30)
ZONE = "Europe/Amsterdam"
DAY = date(2026, 12, 7)


@pytest.mark.parametrize(
    ("on", "until", "printed"),
    [
        (Weekly(frozenset({0})), None, "every monday at 08:30 Europe/Amsterdam"),
        (Monthly(1), None, "on the 1st of each month at 08:30 Europe/Amsterdam"),
        (Weekly(frozenset({0})), DAY, "every monday at 08:30 Europe/Amsterdam until 2026-12-07"),
        (
            EveryFewWeeks(frozenset({0, 3}), 2, DAY),
            None,
            "every 2 weeks on monday and thursday at 08:30 Europe/Amsterdam starting 2026-12-07",
        ),
        (MonthlyWeekday(5, 4), None, "on the last friday of each month at 08:30 Europe/Amsterdam"),
        (OneDay(DAY), None, "on 2026-12-07 at 08:30 Europe/Amsterdam"),
    ],
)
def test_a_schedule_is_printed_in_english(on: Recurrence, until: date | None, printed: str):
    assert schedule_words(Due(on, AT, ZONE, until), TimeWords.load("en")) == printed


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "on the last friday of each month at 08:30"),
        ("nl", "op de laatste vrijdag van elke maand om 08:30"),
        ("fr", "le dernier vendredi de chaque mois à 08:30"),
        ("hu", "minden hónap utolsó péntekén 08:30-kor"),
        ("de", "am letzten Freitag jedes Monats um 08:30"),
    ],
)
def test_a_schedule_is_printed_in_the_words_of_each_language(language: str, printed: str):
    assert schedule_words(Due(MonthlyWeekday(5, 4), AT), TimeWords.load(language)) == printed
