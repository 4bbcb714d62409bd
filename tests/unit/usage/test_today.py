"""Today is the date in the caller's time zone."""

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


def test_today_is_different_when_callers_have_different_time_zones() -> None:
    assert today("Europe/Paris") == date(2018, 10, 15)
    assert today("America/Los_Angeles") == date(2018, 10, 14)


@pytest.mark.parametrize(
    "time_zone", [None, "", "Moon/Base", "../../etc/passwd", "America", "/etc/passwd", "a\x00b", "\ud800", "x" * 9000]
)
def test_today_is_in_utc_when_time_zone_is_unknown(time_zone: str | None) -> None:
    assert today(time_zone) == date(2018, 10, 14)
