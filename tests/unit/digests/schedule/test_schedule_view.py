from datetime import time

import pytest

from bot.digests.schedule.schedule_view import when_of
from bot.domain.recurrence import EVERY_DAY, LAST_DAY, WEEKDAYS, Monthly, Once, Schedule, Weekly
from cards.views.digest_views import When

AT = time(8, 30)
ZONE = "Europe/Amsterdam"


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (Weekly(EVERY_DAY), When("daily", AT, ZONE)),
        (Weekly(WEEKDAYS), When("weekdays", AT, ZONE)),
        (Weekly(frozenset({3, 0})), When("weekly", AT, ZONE, days=(0, 3))),
        (Monthly(1), When("monthly", AT, ZONE, day=1)),
        (Monthly(LAST_DAY), When("monthly", AT, ZONE, day=31)),
    ],
)
def test_a_schedule_is_told_in_a_persons_terms(on: Weekly | Monthly, told: When) -> None:
    assert when_of(Schedule(on, AT, ZONE)) == told


def test_a_single_time_has_no_place_on_the_clock_and_no_zone_is_that_of_greenwich() -> None:
    assert when_of(Schedule(Once(5))) == When("once", None, "UTC")
