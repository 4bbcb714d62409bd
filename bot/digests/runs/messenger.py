"""The interfaces that post digests and ask who is in a conversation.

bot.teams implements them.
"""

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.store.digests.digest_record import Digest
from cards.views.answer_views import SignInView, View


class Messenger(Protocol):
    """Posts to the conversations of digests, and to their owners in private."""

    def draw(self, digest: Digest, view: View) -> bytes:
        """Return the activity that shows `view`, as JSON, in the language of the digest.

        Pure.
        """
        ...

    async def post(self, digest: Digest, drawn: bytes, ready: Callable[[], Awaitable[None]]) -> str | None:
        """Post what `draw` returned; return the id of the message, None if unknown.

        `ready` is awaited once, right before the message is sent, when the rate limit allows it. If the process crashes
        after that, it is unknown whether the message was posted. An exception of `ready` is passed on, and nothing is
        posted. A post is repeated only if nothing can have been posted.

        Raises DeliveryError: NotSentError if nothing was posted for certain; any other with the status None if that is
        unknown.
        """
        ...

    async def tell(self, digest: Digest, view: View) -> None:
        """Show `view` to the owner in their 1:1 chat.

        Raises DeliveryError.
        """
        ...

    async def invite(self, digest: Digest, view: SignInView) -> None:
        """Ask the owner in their 1:1 chat to sign in.

        Raises DeliveryError and StoreError.
        """
        ...


class Roster(Protocol):
    """Says who is in the conversations of digests.

    Both methods raise DeliveryError if Teams does not say it.
    """

    async def is_member(self, digest: Digest, *, fresh: bool = False) -> bool:
        """Return True if the owner is in the conversation.

        `fresh`: what was found out earlier does not count.
        """
        ...

    async def has_outsiders(self, digest: Digest) -> bool:
        """Return True if guests or people of other tenants are in the conversation."""
        ...
