"""What the handlers need from `bot.digests`.

That package is on the same layer, so the handlers must not import it.
"""

from typing import Protocol

from bot.commands.command import ChangeDigest, HandleDigest, ListDigests, NewDigest, Usage
from bot.commands.digest_form import FilledForm
from bot.domain.conversation import Caller, Conversation
from bot.names.name_index import NameIndex
from cards.views.answer_views import View


class DigestPort(Protocol):
    """The digests that a user can see and change."""

    async def set_up(
        self,
        command: NewDigest,
        caller: Caller,
        names: NameIndex,
        here: Conversation | None,
        form: FilledForm | None = None,
    ) -> View:
        """Set up a digest and return the result.

        `here` is the conversation in which it was asked, None in a terminal. `form` is what was typed on a form. Raises
        StoreError and what fetching an answer raises.
        """
        ...

    async def handle(
        self,
        command: ListDigests | HandleDigest | ChangeDigest,
        caller: Caller,
        here: Conversation | None,
        shown: int | None = None,
        start: int = 0,
        *,
        sure: bool = False,
        form: FilledForm | None = None,
    ) -> View:
        """Return the list, the results for the digests, or a view that asks.

        The list has the digests up to `shown`, of which those from `start` are new. `sure`: the caller was asked
        already. `form` is what was typed on a form. It calls no service, so it works
        without a sign-in. Raises StoreError.
        """
        ...

    async def which(self, command: HandleDigest | ChangeDigest, caller: Caller, here: Conversation | None) -> View:
        """Return a view that asks which digest is meant. Raises StoreError."""
        ...

    async def question(self, number: int | None, caller: Caller, here: Conversation | None) -> Usage | None:
        """Return the question of digest `number`.

        Without a number it is the digest that the caller spoke of last. None if this user may not see it in this
        conversation, or if it is unreadable. Raises StoreError.
        """
        ...

    async def owns_team(self, caller: Caller, here: Conversation | None) -> bool:
        """Return True if the caller owns the team of this channel.

        False if Teams does not report the role.
        """
        ...

    async def forget(self, caller: Caller) -> int:
        """Erase the caller's digests and all data about them. Return how many there were.

        Raises StoreError.
        """
        ...

    async def scrub(self) -> None:
        """Overwrite erased data in the files of the database, so that it cannot be read."""
        ...
