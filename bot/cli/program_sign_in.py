"""The person of this terminal, who signs in when a program first asks for them.

A program waits only for so long, and shows what it is answered: the code of the sign-in is in the answer. The question
is asked again after the sign-in.
"""

import asyncio
from contextlib import AsyncExitStack

import requests

from bot.app.answering import engine, for_programs
from bot.cli.terminal_sign_in import signed_in
from bot.errors import UsageBotError
from bot.mcp.tool_calls import Asker, SignInPendingError
from bot.settings import Settings


class ProgramSignIn:
    """Signs one person in, once. Use it as a context.

    `session` carries MSAL's requests.
    """

    def __init__(self, settings: Settings, locale: str, session: requests.Session | None = None) -> None:
        self._settings = settings
        self._session = session
        self._locale = locale
        self._open = AsyncExitStack()
        self._signing_in: asyncio.Task[Asker] | None = None
        self._instructions = ""
        self._told = asyncio.Event()

    async def __aenter__(self) -> "ProgramSignIn":
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._signing_in is not None:
            self._signing_in.cancel()
            await asyncio.gather(self._signing_in, return_exceptions=True)
        await self._open.aclose()

    async def asker(self) -> Asker:
        """Return the person and what answers them.

        Raises SignInPendingError until they have signed in, and UsageBotError if the sign-in failed: the next call
        begins another one.
        """
        if self._signing_in is None:
            self._told.clear()
            self._signing_in = asyncio.create_task(self._sign_in(), name="sign-in of the terminal")
        told = asyncio.create_task(self._told.wait())
        try:
            await asyncio.wait({self._signing_in, told}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            told.cancel()
        if not self._signing_in.done():
            raise SignInPendingError(self._instructions)
        try:
            return self._signing_in.result()
        except UsageBotError:
            self._signing_in = None
            raise

    async def _sign_in(self) -> Asker:
        person = signed_in(self._settings, locale=self._locale, session=self._session, told=self._tell)
        tokens, caller = await self._open.enter_async_context(person)
        parts = await self._open.enter_async_context(engine(self._settings, tokens))
        return Asker(for_programs(parts), caller)

    def _tell(self, instructions: str) -> None:
        self._instructions = instructions
        self._told.set()
