"""What the handlers need from the rooms below; the composition root puts the real parts in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.commands.command import ChangeDigest, HandleDigest, ListDigests, NewDigest
from bot.domain.conversation import Caller, Conversation
from bot.names.name_index import NameIndex
from bot.partner_center.name_directory import NameDirectory
from bot.partner_center.usage_client import PartnerCenter
from bot.usage.recent_reports import RecentReports
from cards.views.answer_views import View


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


class Digests(Protocol):
    """Digests as those who set them up see them."""

    async def set_up(self, command: NewDigest, caller: Caller, names: NameIndex, here: Conversation | None) -> View:
        """What became of a new digest; `here` is where it was said, None in a terminal.

        Raises StoreError and what fetching an answer raises.
        """
        ...

    async def handle(
        self, command: ListDigests | HandleDigest | ChangeDigest, caller: Caller, here: Conversation | None
    ) -> View:
        """The list, or what became of a digest. Asks no service, so that it works signed out too. Raises StoreError."""
        ...

    async def question(self, number: int, caller: Caller, here: Conversation | None) -> str | None:
        """What digest `number` asks, if this person may see it here. Raises StoreError."""
        ...

    async def forget(self, caller: Caller) -> int:
        """Erase this person's digests and what is kept about them; how many there were. Raises StoreError."""
        ...

    async def scrub(self) -> None:
        """Leave nothing readable, in the database's files, of what anybody has erased."""
        ...


@dataclass(frozen=True, slots=True)
class UsageServices:
    """`now` gives the present moment with its time zone; `accounts` are None where nobody signs in, `digests` where
    nothing can be posted later."""

    partner_center: PartnerCenter
    directories: NameDirectory
    recent: RecentReports
    accounts: Accounts | None = None
    digests: Digests | None = None
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
