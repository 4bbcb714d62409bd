"""Whether a held token is still that of the person's sign-in: the store is asked.

Another process may have signed the person out, or in again.
"""

import asyncio
from collections.abc import Callable

import structlog

from bot.errors import StoreError
from bot.identity.tokens.held_tokens import HeldToken, HeldTokens
from bot.identity.tokens.token_cache import Person, TokenCache

log = structlog.get_logger(__name__)

RECHECK = 60.0  # seconds after which a held token is compared with the store, while it is used
LONGEST = 120.0  # seconds after which it is not used before that


class HeldChecks:
    """Compares held tokens with the store. `clock` returns Unix seconds."""

    def __init__(self, tokens: HeldTokens, cache: TokenCache, clock: Callable[[], float]) -> None:
        self._tokens = tokens
        self._cache = cache
        self._clock = clock
        self._checking: dict[Person, asyncio.Task[None]] = {}

    async def is_current(self, person: Person, held: HeldToken) -> bool:
        """Return True if the token may be used.

        It is compared with the store now, soon, or not at all: after how long it was not. Raises StoreError.
        """
        age = self._clock() - held.checked
        if age > LONGEST:
            return await self.checked(person, held)
        if age > RECHECK and person not in self._checking:
            task = self._checking[person] = asyncio.create_task(self._check(person, held), name="still signed in")
            task.add_done_callback(lambda _: self._checking.pop(person, None))
        return True

    async def checked(self, person: Person, held: HeldToken) -> bool:
        """Return True if the store has the record that the token came from.

        Else the token is dropped. If the store fails, a check of the last two minutes counts; after that StoreError is
        raised.
        """
        now = self._clock()
        try:
            version = await self._cache.version(person)
        except StoreError as error:
            if now - held.checked > LONGEST:
                raise
            log.warning("sign_in_recheck_failed", problem=str(error))
            return True
        if version == held.version:
            held.checked = now
            return True
        self._tokens.drop(person, held)
        if version is None:
            self._tokens.saw(person, None)
        return False

    async def close(self) -> None:
        """Wait for running checks."""
        await asyncio.gather(*self._checking.values(), return_exceptions=True)

    async def _check(self, person: Person, held: HeldToken) -> None:
        try:
            await self.checked(person, held)
        except StoreError as error:
            log.warning("sign_in_recheck_failed", problem=str(error))
