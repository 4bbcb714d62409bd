"""What the handlers need of the room of digests, which stands beside this one."""

from typing import Protocol

from bot.commands.command import ChangeDigest, HandleDigest, ListDigests, NewDigest
from bot.domain.conversation import Caller, Conversation
from bot.names.name_index import NameIndex
from cards.views.answer_views import View


class DigestPort(Protocol):
    """Digests as those who set them up see them."""

    async def set_up(self, command: NewDigest, caller: Caller, names: NameIndex, here: Conversation | None) -> View:
        """Return the result of setting up a digest; `here` is where it was said, None in a terminal.

        Raises StoreError and what fetching an answer raises.
        """
        ...

    async def handle(
        self, command: ListDigests | HandleDigest | ChangeDigest, caller: Caller, here: Conversation | None
    ) -> View:
        """Return the list, or the result for one digest. Asks no service, so it works signed out. Raises StoreError."""
        ...

    async def question(self, number: int, caller: Caller, here: Conversation | None) -> str | None:
        """Return what digest `number` asks, None if this user may not see it here. Raises StoreError."""
        ...

    async def forget(self, caller: Caller) -> int:
        """Erase this user's digests and what is kept about them; return how many there were. Raises StoreError."""
        ...

    async def scrub(self) -> None:
        """Leave nothing readable, in the database's files, of what was erased."""
        ...
