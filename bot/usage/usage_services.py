"""What the handlers need from the rooms below; the composition root puts the real parts in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.conversation import Caller
from bot.partner_center.name_directory import NameDirectory
from bot.partner_center.usage_client import PartnerCenter
from bot.usage.recent_reports import RecentReports


class SignedIn(Protocol):
    """As whom somebody is signed in, and since when (seconds since the epoch)."""

    @property
    def name(self) -> str:
        """The person's name, "" where it is not known."""
        ...

    @property
    def since(self) -> float:
        """When they signed in."""
        ...


class Accounts(Protocol):
    """Who is signed in."""

    async def signed_in(self, caller: Caller) -> SignedIn | None:
        """None where this person is not. Raises StoreError."""
        ...

    async def admit(self, caller: Caller) -> None:
        """Raises NotSignedInError unless this person is signed in, and what kept it from being found out."""
        ...

    async def sign_out(self, caller: Caller) -> bool:
        """Forget this person's tokens and open questions; whether they were signed in. Raises StoreError."""
        ...


@dataclass(frozen=True, slots=True)
class UsageServices:
    """`now` gives the present moment with its time zone; `accounts` are None if no user signs in here.

    `posts_digests`: an answer can be posted again later.
    """

    partner_center: PartnerCenter
    directories: NameDirectory
    recent: RecentReports
    accounts: Accounts | None = None
    posts_digests: bool = False
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def today(self, caller: Caller) -> date:
        """The date where the caller is: "yesterday" is said on a phone in some time zone, UTC when unknown."""
        return self.now().astimezone(self.zone(caller)).date()

    def zone(self, caller: Caller) -> tzinfo:
        """The caller's time zone, UTC when unknown."""
        try:
            return ZoneInfo(caller.time_zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo("UTC")
