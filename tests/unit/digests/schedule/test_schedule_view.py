from datetime import date, time

import pytest

from bot.digests.schedule.schedule_view import schedule_view
from bot.domain.recurrence import (
    EVERY_DAY,
    LAST_DAY,
    WEEKDAYS,
    EveryFewWeeks,
    Monthly,
    MonthlyWeekday,
    OneDay,
    OneTime,
    Recurrence,
    Schedule,
    Weekly,
)
from cards.views.digest_views import ScheduleView

AT = time(8, 30)
ZONE = "Europe/Amsterdam"
DAY = date(2026, 12, 24)


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (Weekly(EVERY_DAY), ScheduleView("daily", AT, ZONE)),
        (Weekly(WEEKDAYS), ScheduleView("weekdays", AT, ZONE)),
        (Weekly(frozenset({3, 0})), ScheduleView("weekly", AT, ZONE, days=(0, 3))),
        (Monthly(1), ScheduleView("monthly", AT, ZONE, day=1)),
        (Monthly(LAST_DAY), ScheduleView("monthly", AT, ZONE, day=31)),
        (EveryFewWeeks(frozenset({3, 0}), 2, DAY), ScheduleView("few_weeks", AT, ZONE, days=(0, 3), weeks=2)),
        (MonthlyWeekday(5, 4), ScheduleView("month_weekday", AT, ZONE, days=(4,), nth=5)),
        (OneDay(DAY), ScheduleView("one_day", AT, ZONE, once=DAY)),
    ],
)
def test_schedule_view_has_the_terms_of_the_schedule(on: Recurrence, told: ScheduleView) -> None:
    assert schedule_view(Schedule(on, AT, ZONE)) == told


def test_schedule_view_has_the_last_day() -> None:
    assert schedule_view(Schedule(Monthly(1), AT, ZONE, DAY)) == ScheduleView("monthly", AT, ZONE, day=1, until=DAY)


def test_single_time_has_no_time_of_day_and_is_in_utc() -> None:
    assert schedule_view(Schedule(OneTime(5))) == ScheduleView("once", None, "UTC")
