"""Where the client gets the token of the person who asks."""

from typing import Protocol

from bot.domain.conversation import Caller


class TokenSource(Protocol):
    """App+User access tokens for Partner Center, one person's each."""

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:
        """A token of this very person. `refused` is one that Partner Center answered 401 to: get a fresh one.

        Raises NotSignedInError where the person has to sign in first.
        """
        ...
