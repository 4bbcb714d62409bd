"""What the handlers need from the packages below.

The composition root supplies the real parts.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Protocol

from bot.commands.command import Command
from bot.domain.caller_zone import zone_of
from bot.domain.conversation import Caller
from bot.partner_center.directory.name_directory import NameDirectory
from bot.partner_center.subscriptions.subscription_client import Subscriptions
from bot.partner_center.usage_client import PartnerCenter
from bot.usage.memory.personal_memory import PersonalMemory
from bot.usage.memory.recent_reports import RecentReports


class SignedIn(Protocol):
    """The signed-in account and the sign-in time (Unix seconds)."""

    @property
    def name(self) -> str:
        """The user's name, "" if it is not known."""
        ...

    @property
    def since(self) -> float:
        """The time of the sign-in, in Unix seconds."""
        ...


class Accounts(Protocol):
    """The sign-ins of users."""

    async def signed_in(self, caller: Caller) -> SignedIn | None:
        """Return the caller's account, None if the caller is not signed in.

        Raises StoreError.
        """
        ...

    async def admit(self, caller: Caller) -> None:
        """Check that the caller is signed in.

        Raises NotSignedInError when the caller is not signed in, and what prevented the check.
        """
        ...

    async def was_asked_for_factor(self, caller: Caller) -> bool:
        """Return True if the caller's sign-in demanded a second factor. Raises StoreError."""
        ...

    async def demanded(self, caller: Caller) -> str | None:
        """Return the claims of a sign-in that was demanded and not made, None if none.

        Raises StoreError.
        """
        ...

    async def sign_out(self, caller: Caller) -> bool:
        """Delete the caller's tokens and pending questions. Raises StoreError.

        Return True if the caller was signed in.
        """
        ...


class Proposals(Protocol):
    """What a language model makes of sentences."""

    async def propose(self, sentence: str, language: str, today: date) -> Command | None:
        """Return what `sentence` may ask for, None if nothing. Never raises.

        Nothing of it is believed: names and ids may be invented. `language` is the code of the person's language.
        """
        ...


class FileLinks(Protocol):
    """Links to files that are made when they are opened, for one person and once."""

    async def file_link(self, caller: Caller, document: str) -> tuple[str, float]:
        """Return a link to a file, and its end in Unix seconds. Raises StoreError.

        `document` is the command that asks for the file.
        """
        ...


@dataclass(frozen=True, slots=True)
class UsageServices:
    """The services that answer a question.

    `now` returns the present time with its time zone. `accounts` is None if users do not sign in. `posts_digests`: the
    bot can post an answer again later. `memory` is what is kept of each person. `links` is None if no page
    can serve a file. `proposals` is None if no language model is asked. `subscriptions` is None if nothing is read of
    what is sold.
    """

    partner_center: PartnerCenter
    directories: NameDirectory
    recent: RecentReports
    accounts: Accounts | None = None
    posts_digests: bool = False
    memory: PersonalMemory = field(default_factory=PersonalMemory)
    links: FileLinks | None = None
    proposals: Proposals | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    subscriptions: Subscriptions | None = None

    def forget(self, caller: Caller) -> None:
        """Drop the names and answers of this caller that are in memory."""
        self.directories.forget(caller)
        self.recent.forget(caller)

    def today(self, caller: Caller) -> date:
        """Return the date in the caller's time zone.

        A user who types "yesterday" means the date on the device. Without a known time zone it is UTC.
        """
        return self.now().astimezone(zone_of(caller)).date()
