"""The time zone of a caller. Pure, except for the zones that the machine knows."""

from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.conversation import Caller


def zone_of(caller: Caller | None) -> tzinfo:
    """Return the caller's time zone, UTC if it is not known."""
    try:
        return ZoneInfo((caller and caller.time_zone) or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
