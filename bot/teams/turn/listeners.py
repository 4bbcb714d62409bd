"""Who hears of what happens in Teams besides questions: where the bot may talk, and who has signed in.

None of them keeps an activity waiting, and none of their failures ends a turn.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.domain.conversation import Caller, Conversation


class Installations(Protocol):
    """Where the bot is let in. `conversation_id` is a team's id where it is a matter of all channels of that team.

    Both may be told more than once of the same thing, and of conversations nobody knows.
    """

    async def gone(self, tenant_id: str, conversation_id: str) -> None:
        """The app was removed, or the conversation was; nothing can be posted there. Raises StoreError."""
        ...

    async def back(self, tenant_id: str, conversation_id: str) -> None:
        """The app was added, or the conversation restored. Raises StoreError."""
        ...


class Conversations(Protocol):
    """Where conversations are reached."""

    async def seen(self, caller: Caller, here: Conversation) -> None:
        """`caller` has spoken `here`, and the way there is new to this process. Raises StoreError."""
        ...


SignedInListener = Callable[[Caller], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Listeners:
    """Those who want to hear; None: nobody does. `signed_in` is called after each sign-in that brought tokens."""

    installations: Installations | None = None
    conversations: Conversations | None = None
    signed_in: SignedInListener | None = None
