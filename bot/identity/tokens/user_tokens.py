"""The caller's token.

From memory, else by silent refresh, one refresh at a time per person. Depends on the cache and on `EntraClient`, not on
an HTTP server or chat. Implements `bot.partner_center.token_source.TokenSource`.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import structlog
from cachetools import LRUCache

from bot.domain.conversation import Caller
from bot.errors import (
    EntraDownError,
    NotSignedInError,
    StoreError,
    UsageBotError,
)
from bot.identity.entra.claims_demand import met_in_vain
from bot.identity.entra.entra_client import EntraClient
from bot.identity.entra.sign_in_outcome import (
    RENEW_BEFORE,
    OtherPerson,
    Refusal,
    SignInNeeded,
    Tokens,
    TryLater,
    as_error,
)
from bot.identity.tokens.token_cache import CachedSignIn, Person, TokenCache

log = structlog.get_logger(__name__)

RECHECK = 60.0  # seconds for which a sign-out on another replica may go unnoticed while tokens are used
PEOPLE = 50_000  # a token in memory has about 3 kB
LEAST_WAIT = 1.0
TRIES = 3


@dataclass(slots=True)
class _Held:
    token: str = field(repr=False)
    until: float
    checked: float


class UserTokens:
    """Provides tokens of people. `clock` returns Unix seconds."""

    def __init__(self, entra: EntraClient, cache: TokenCache, *, clock: Callable[[], float] = time.time) -> None:
        self._entra = entra
        self._cache = cache
        self._clock = clock
        self._held: LRUCache[Person, _Held] = LRUCache(PEOPLE)
        self._fetching: dict[Person, asyncio.Task[str]] = {}
        self._checking: dict[Person, asyncio.Task[None]] = {}
        self._waits: dict[Person, float] = {}

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:
        """Return a token of exactly this person.

        A new one if the current one is `refused`. Raises NotSignedInError, ClaimsRequiredError, EntraDownError,
        EntraRefusedError, EntraMisconfiguredError, StoreError.
        """
        person = caller.key
        held, now = self._held.get(person), self._clock()
        if held is not None and held.token != refused and now < held.until - RENEW_BEFORE:
            if now - held.checked > RECHECK:
                self._recheck(person, held, now)
            return held.token
        token = await self._fetched(person, force=held is not None or refused is not None)
        if token == refused:  # the token came from a refresh that was already running
            token = await self._fetched(person, force=True)
        return token

    async def was_asked_for(self, caller: Caller, claims: str | None) -> bool:
        """Return True if the person signed in for `claims`, and again does not help.

        None is the second factor. Raises StoreError.
        """
        now = self._clock()
        kept = await self._cache.load(caller.key)
        if kept is not None and met_in_vain(claims, kept.demanded, now - kept.since):
            return True
        return await self._cache.history.in_vain(caller.key, claims, now)

    async def lost(self, caller: Caller) -> bool:
        """Return True if the tokens of silent sign-ins are refused again and again.

        Raises StoreError.
        """
        return await self._cache.history.lost(caller.key, self._clock())

    async def accept(self, tokens: Tokens, demanded: str | None = None) -> None:
        """Store the tokens of a person who has signed in.

        `demanded` is the claims request that the sign-in was asked for. Raises StoreError.
        """
        person, now = (tokens.tenant_id, tokens.object_id), self._clock()
        await self._cache.put(person, CachedSignIn(tokens.state, now, tokens.name, demanded or ""))
        await self._cache.history.add(person, demanded or "", now)
        self._waits.pop(person, None)
        self._hold(person, tokens)

    async def forget(self, caller: Caller) -> bool:
        """Sign out: delete this person's tokens from memory and store.

        Returns True if they were signed in. A refresh that is running loses its compare-and-set and restores nothing.
        There is no request to Entra: it has no call that ends only one application's session.
        """
        person = caller.key
        self._held.pop(person, None)
        was = await self._cache.delete(person)
        await self._cache.history.forget(person)
        if (task := self._fetching.get(person)) is not None:
            await asyncio.gather(task, return_exceptions=True)
        self._held.pop(person, None)
        return was

    async def signed_in(self, caller: Caller) -> CachedSignIn | None:
        """Return the person's sign-in and its time; None if they are not signed in.

        Raises StoreError.
        """
        return await self._cache.load(caller.key)

    async def close(self) -> None:
        """Wait for running tasks, so that a refreshed token is also saved."""
        tasks = [*self._fetching.values(), *self._checking.values()]
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _fetched(self, person: Person, *, force: bool) -> str:
        """Return the token of the running refresh, or of a new one."""
        task = self._fetching.get(person)
        if task is None:
            task = self._fetching[person] = asyncio.create_task(self._fetch(person, force), name="user token")
            task.add_done_callback(lambda done: self._end(person, done))
        return await asyncio.shield(task)

    def _end(self, person: Person, task: asyncio.Task[str]) -> None:
        self._fetching.pop(person, None)
        if not task.cancelled():
            task.exception()  # retrieved by the waiting callers; without any, asyncio must not log it

    async def _fetch(self, person: Person, force: bool) -> str:
        wait = self._waits.get(person, 0.0) - self._clock()
        if wait > 0:
            raise EntraDownError("Entra asked to wait", retry_after=wait)
        for _ in range(TRIES):
            token = await self._attempt(person, force)
            if token is not None:
                return token
            force = False  # another replica saved a newer record, perhaps with a second factor
        raise EntraDownError("the tokens are being renewed by others", retry_after=LEAST_WAIT)

    async def _attempt(self, person: Person, force: bool) -> str | None:
        """Return the token.

        None if another replica saved the record between our read and our save.
        """
        kept = await self._cache.load(person)
        if kept is None:
            self._held.pop(person, None)
            raise NotSignedInError("the person is not signed in")
        outcome = await self._entra.refresh(person, kept.state, force=force)
        if not isinstance(outcome, Tokens):
            raise await self._refusal(person, kept, outcome)
        self._waits.pop(person, None)
        if outcome.state != kept.state and not await self._saved(person, replace(kept, state=outcome.state)):
            return None
        self._hold(person, outcome)
        return outcome.access_token

    async def _saved(self, person: Person, kept: CachedSignIn) -> bool:
        """Return False if the compare-and-set failed.

        If the store fails, only a later silent refresh is needed.
        """
        try:
            return await self._cache.replace(person, kept) is not None
        except StoreError as error:
            log.warning("refreshed_token_not_saved", problem=str(error))
            return True

    async def _refusal(self, person: Person, kept: CachedSignIn, outcome: Refusal) -> UsageBotError:
        """Return the refusal as an exception.

        Tokens that can never work again are deleted, unless replaced.
        """
        if isinstance(outcome, TryLater):
            wait = max(LEAST_WAIT, outcome.retry_after or LEAST_WAIT)
            self._waits[person] = self._clock() + wait
            return EntraDownError("Entra gives no tokens now", retry_after=wait)
        self._held.pop(person, None)
        if isinstance(outcome, SignInNeeded | OtherPerson):
            await self._cache.delete(person, version=kept.version)
        return as_error(outcome)

    def _hold(self, person: Person, tokens: Tokens) -> None:
        self._held[person] = _Held(tokens.access_token, tokens.expires, self._clock())

    def _recheck(self, person: Person, held: _Held, now: float) -> None:
        """Check in the background whether the person is still signed in."""
        held.checked = now
        if person not in self._checking:
            task = self._checking[person] = asyncio.create_task(self._check(person, held), name="still signed in")
            task.add_done_callback(lambda _: self._checking.pop(person, None))

    async def _check(self, person: Person, held: _Held) -> None:
        try:
            if not await self._cache.exists(person) and self._held.get(person) is held:
                del self._held[person]
        except StoreError as error:
            log.warning("sign_in_recheck_failed", problem=str(error))
