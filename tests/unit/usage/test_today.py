"""The day that "yesterday" counts from is that of the person who asks."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.conversation import Caller
from bot.usage.usage_services import UsageServices

LATE = datetime(2018, 10, 14, 23, 30, tzinfo=UTC)


def today(time_zone: str | None) -> date:
    nothing: Any = None
    services = UsageServices(nothing, nothing, nothing, now=lambda: LATE)
    return services.today(Caller("t", "o", time_zone=time_zone))


def test_two_people_in_one_chat_have_each_their_own_day() -> None:
    assert today("Europe/Paris") == date(2018, 10, 15)
    assert today("America/Los_Angeles") == date(2018, 10, 14)


@pytest.mark.parametrize(
    "time_zone", [None, "", "Moon/Base", "../../etc/passwd", "America", "/etc/passwd", "a\x00b", "\ud800", "x" * 9000]
)
def test_a_time_zone_that_is_none_is_utc(time_zone: str | None) -> None:
    assert today(time_zone) == date(2018, 10, 14)
