"""The interface from which the client gets the caller's access token."""

from typing import Protocol

from bot.domain.conversation import Caller


class TokenSource(Protocol):
    """Provides App+User access tokens for Partner Center, one per person."""

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:
        """Return a token of exactly this person.

        `refused` is a token that Partner Center answered with 401: a fresh one is required. Raises NotSignedInError
        when the person has to sign in first.
        """
        ...

    async def newer(self, caller: Caller, refused: str) -> str | None:
        """Return the token of a newer sign-in than that of the `refused` one.

        None if there is none. `refused` is a token that Partner Center answered with 403, or with a demand.
        Raises nothing.
        """
        ...

    async def was_asked_for(self, caller: Caller, claims: str | None) -> bool:
        """Return True if signing in for `claims` does not help: it was just done.

        None is the second factor. Raises StoreError.
        """
        ...
