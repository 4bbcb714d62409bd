"""The zone of a schedule that names none is that of its owner."""

from datetime import time

import pytest

from bot.digests.schedule.owner_time_zone import in_zone, known_zone
from bot.domain.conversation import Caller
from bot.domain.recurrence import EVERY_DAY, OneTime, Schedule, Weekly


def caller(zone: str) -> Caller:
    return Caller("tenant", "ann", "Ann", time_zone=zone)


@pytest.mark.parametrize(
    ("sent", "known"), [("Europe/Amsterdam", "Europe/Amsterdam"), ("Atlantis", "UTC"), ("", "UTC")]
)
def test_known_zone_is_the_one_teams_sends_if_the_zone_data_has_it(sent: str, known: str) -> None:
    assert known_zone(caller(sent)) == known


def test_daily_time_keeps_an_unknown_zone_so_that_it_is_refused() -> None:
    daily = Schedule(Weekly(EVERY_DAY), time(8))
    assert in_zone(daily, caller("Atlantis")).zone == "Atlantis"
    assert in_zone(daily, caller("")).zone == "UTC"


def test_single_time_is_in_utc_if_the_zone_is_unknown() -> None:
    assert in_zone(Schedule(OneTime(5)), caller("Atlantis")).zone == "UTC"


def test_zone_that_was_said_is_kept() -> None:
    assert in_zone(Schedule(OneTime(5), zone="Asia/Tokyo"), caller("Europe/Amsterdam")).zone == "Asia/Tokyo"
