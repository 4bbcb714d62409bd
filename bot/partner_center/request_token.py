"""The token of the person who asks, for the length of one question. Knows nothing of HTTP."""

import asyncio

from bot.domain.conversation import Caller
from bot.partner_center.token_source import TokenSource


class RequestToken:
    """One person's token, shared by the pages of one question: refused for one page, it is renewed once for all."""

    def __init__(self, tokens: TokenSource, caller: Caller) -> None:
        self._tokens = tokens
        self._caller = caller
        self._token: str | None = None
        self._renewal = asyncio.Lock()

    @property
    def locale(self) -> str:
        """The language that the person reads."""
        return self._caller.locale

    async def token(self) -> str:
        """The person's token. Raises NotSignedInError."""
        async with self._renewal:
            if self._token is None:
                self._token = await self._tokens.token(self._caller)
            return self._token

    async def renewed(self, refused: str) -> str | None:
        """Another token than the one that was refused; None where there is none. Raises NotSignedInError."""
        async with self._renewal:
            if self._token == refused:
                self._token = await self._tokens.token(self._caller, refused=refused)
            return self._token if self._token != refused else None
