"""What carries digests to people, as this room sees it; bot.teams implements it. Knows nothing of Teams."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.store.digest import Digest
from cards.views import SignInView, View

# Entered right before each request that may post, when everything that had to be waited for is over, and left when it
# is known what became of that request: with the DeliveryError where it failed. What entering raises ends the attempt.
Guard = Callable[[], AbstractAsyncContextManager[object]]


class Messenger(Protocol):
    """Posts where nobody has just said something. `bot.digests.verdict` says what each DeliveryError means."""

    def draw(self, digest: Digest, view: View) -> bytes:
        """The message that shows `view`, in the digest's language, as `post` takes it. Pure."""
        ...

    async def post(self, digest: Digest, drawn: bytes, guard: Guard | None = None) -> str | None:
        """Post in the digest's conversation; the message's id where it is told. In a channel this begins a thread.

        Paced, and repeated only after refusals that ask for it. Waiting for one's turn may take minutes, so a ledger
        that has to know which message is under way watches each request through `guard`.
        Raises DeliveryError: NotSentError where it was certainly not posted; `status` None or 500: nobody knows.
        """
        ...

    async def tell(self, digest: Digest, view: View) -> None:
        """Show `view` to the owner in private. Raises DeliveryError."""
        ...

    async def invite(self, digest: Digest, view: SignInView) -> None:
        """Ask the owner in private to sign in. Raises DeliveryError and StoreError."""
        ...
