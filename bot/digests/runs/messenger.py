"""What posts digests, as the engine sees it; bot.teams implements it."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.store.digests.digest_record import Digest
from cards.views.answer_views import SignInView, View


class Messenger(Protocol):
    """Posts into the conversations of digests, and to their owners in private."""

    def draw(self, digest: Digest, view: View) -> bytes:
        """The activity that shows `view`, as JSON, in the language of the digest. Pure."""
        ...

    async def post(self, digest: Digest, drawn: bytes, ready: Callable[[], Awaitable[None]]) -> str | None:
        """Post what `draw` made; the id of the message where the connector tells it.

        `ready` is awaited once, when the pace allows the message to leave and right before it does: from then on a
        crash leaves it unknown whether it was posted. What `ready` raises is let through, and nothing is posted.
        Repeated only where nothing can have been posted. Raises DeliveryError: NotSentError where certainly nothing
        was posted, status None for any other where it is not known.
        """
        ...

    async def tell(self, digest: Digest, view: View) -> None:
        """Show `view` to the owner in their 1:1 chat. Raises DeliveryError."""
        ...

    async def invite(self, digest: Digest, view: SignInView) -> None:
        """Ask the owner in their 1:1 chat to sign in. Raises DeliveryError and StoreError."""
        ...
