"""The caller's access token during one question. Independent of HTTP."""

import asyncio

from bot.domain.conversation import Caller
from bot.partner_center.token_source import TokenSource
from cards.wording.locale_words import LocaleWords


class RequestToken:
    """One caller's token, shared by the pages of one question.

    If refused, it is renewed once for all pages.
    """

    def __init__(self, tokens: TokenSource, caller: Caller) -> None:
        self._tokens = tokens
        self._caller = caller
        self._token: str | None = None
        self._renewal = asyncio.Lock()

    @property
    def locale(self) -> str:
        """Return the language of the answer, with a region.

        It is English if there are no texts in the language of the caller.
        """
        return LocaleWords.load(self._caller.locale).tag

    async def token(self) -> str:
        """Return the caller's token. Raises NotSignedInError."""
        async with self._renewal:
            if self._token is None:
                self._token = await self._tokens.token(self._caller)
            return self._token

    async def renewed(self, refused: str) -> str | None:
        """Return another token than the refused one; None if there is no other.

        Raises NotSignedInError.
        """
        async with self._renewal:
            if self._token == refused:
                self._token = await self._tokens.token(self._caller, refused=refused)
            return self._token if self._token != refused else None

    async def newer(self, refused: str) -> str | None:
        """Return the token of a newer sign-in than that of the refused one.

        None if there is none.
        """
        async with self._renewal:
            if self._token == refused:
                self._token = await self._tokens.newer(self._caller, refused) or refused
            return self._token if self._token != refused else None

    async def was_asked_for(self, claims: str | None) -> bool:
        """Return True if the caller signed in for `claims`; None: second factor."""
        return await self._tokens.was_asked_for(self._caller, claims)
