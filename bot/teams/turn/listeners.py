"""The listeners for what activities report beside questions.

No activity waits for a listener, and a failure of a listener ends no turn.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.domain.conversation import Caller, Conversation


class Installations(Protocol):
    """A listener for where the bot is installed.

    `conversation_id` is the id of a team if the event is about all its channels. Every method may be called more than
    once for one event, and for unknown conversations.
    """

    async def gone(self, tenant_id: str, conversation_id: str) -> None:
        """Handle that the app or the conversation was removed: the bot cannot post there.

        Raises StoreError.
        """
        ...

    async def back(self, tenant_id: str, conversation_id: str) -> None:
        """Handle that the app was added, or the conversation restored. Raises StoreError."""
        ...

    async def left(self, tenant_id: str, conversation_id: str, people: frozenset[str]) -> None:
        """Handle that people left, or were removed. Raises StoreError.

        `people` are their ids: of the channel, of Entra, or both. Teams does not always name the second.
        """
        ...


class Conversations(Protocol):
    """A listener for the references of conversations."""

    async def seen(self, caller: Caller, here: Conversation) -> None:
        """Handle an activity of `caller` in `here`: its reference is new to this process.

        Raises StoreError.
        """
        ...


SignedInListener = Callable[[Caller], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Listeners:
    """The listeners.

    Each may be None. `signed_in` is called after each sign-in that brought tokens, `odd_field` with the path of each
    field of an activity that had an unexpected value and counted as absent.
    """

    installations: Installations | None = None
    conversations: Conversations | None = None
    signed_in: SignedInListener | None = None
    odd_field: Callable[[str], None] | None = None
