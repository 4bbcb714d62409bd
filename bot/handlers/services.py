"""What the handlers need from the rooms below; the composition root puts the real parts in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.handlers.recent import Recent
from bot.model import Caller
from bot.partner_center.client import PartnerCenter
from bot.partner_center.directory import Directories


@dataclass(frozen=True, slots=True)
class Services:
    """`now` gives the present moment with its time zone."""

    partner_center: PartnerCenter
    directories: Directories
    recent: Recent
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def today(self, caller: Caller) -> date:
        """The date where the caller is: "yesterday" is said on a phone in some time zone, UTC when unknown."""
        try:
            zone = ZoneInfo(caller.time_zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError, OSError):
            zone = ZoneInfo("UTC")
        return self.now().astimezone(zone).date()
