"""The token of the person who asks: from memory, else by silent refresh, one at a time per person.

Knows the cache and `EntraClient`; no HTTP server, no chat. Implements `bot.partner_center.token_source.TokenSource`.
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

RECHECK = 60.0  # how long a sign-out on another replica may go unnoticed here while tokens are in use
PEOPLE = 50_000  # a token in memory is about 3 kB
LEAST_WAIT = 1.0
TRIES = 3


@dataclass(slots=True)
class _Held:
    token: str = field(repr=False)
    until: float
    checked: float


class UserTokens:
    """`clock` gives seconds since the epoch."""

    def __init__(self, entra: EntraClient, cache: TokenCache, *, clock: Callable[[], float] = time.time) -> None:
        self._entra = entra
        self._cache = cache
        self._clock = clock
        self._held: LRUCache[Person, _Held] = LRUCache(PEOPLE)
        self._fetching: dict[Person, asyncio.Task[str]] = {}
        self._checking: dict[Person, asyncio.Task[None]] = {}
        self._waits: dict[Person, float] = {}

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:
        """A token of this very person; a new one where it is the one that was `refused`.

        Raises NotSignedInError, ClaimsRequiredError, EntraDownError, EntraRefusedError, EntraMisconfiguredError,
        StoreError.
        """
        person = caller.key
        held, now = self._held.get(person), self._clock()
        if held is not None and held.token != refused and now < held.until - RENEW_BEFORE:
            if now - held.checked > RECHECK:
                self._recheck(person, held, now)
            return held.token
        token = await self._fetched(person, force=held is not None or refused is not None)
        if token == refused:  # it came from a refresh that was under way already
            token = await self._fetched(person, force=True)
        return token

    async def accept(self, tokens: Tokens) -> None:
        """A person has signed in: keep what they got. Raises StoreError."""
        person = (tokens.tenant_id, tokens.object_id)
        await self._cache.put(person, CachedSignIn(tokens.state, self._clock(), tokens.name))
        self._waits.pop(person, None)
        self._hold(person, tokens)

    async def forget(self, caller: Caller) -> bool:
        """Sign out: nothing of this person stays, in memory or in the store; whether they were signed in.

        A refresh under way loses its compare-and-set and brings nothing back. Entra itself is not asked: there is no
        call that ends one application's session only.
        """
        person = caller.key
        self._held.pop(person, None)
        was = await self._cache.delete(person)
        if (task := self._fetching.get(person)) is not None:
            await asyncio.gather(task, return_exceptions=True)
        self._held.pop(person, None)
        return was

    async def signed_in(self, caller: Caller) -> CachedSignIn | None:
        """Since when this person is signed in; None if they are not. Raises StoreError."""
        return await self._cache.load(caller.key)

    async def close(self) -> None:
        """Wait for what is under way, so that a refreshed token is also saved."""
        tasks = [*self._fetching.values(), *self._checking.values()]
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _fetched(self, person: Person, *, force: bool) -> str:
        """The token of the refresh that is under way, or of a new one."""
        task = self._fetching.get(person)
        if task is None:
            task = self._fetching[person] = asyncio.create_task(self._fetch(person, force), name="user token")
            task.add_done_callback(lambda done: self._end(person, done))
        return await asyncio.shield(task)

    def _end(self, person: Person, task: asyncio.Task[str]) -> None:
        self._fetching.pop(person, None)
        if not task.cancelled():
            task.exception()  # whoever waited has it; where nobody does any more, it is not news

    async def _fetch(self, person: Person, force: bool) -> str:
        wait = self._waits.get(person, 0.0) - self._clock()
        if wait > 0:
            raise EntraDownError("Entra asked to wait", retry_after=wait)
        for _ in range(TRIES):
            token = await self._attempt(person, force)
            if token is not None:
                return token
            force = False  # somebody saved meanwhile: what they saved is newer, a second factor perhaps included
        raise EntraDownError("the tokens are being renewed by others", retry_after=LEAST_WAIT)

    async def _attempt(self, person: Person, force: bool) -> str | None:
        """The token; None where the record was saved by somebody else between reading it and saving ours."""
        kept = await self._cache.load(person)
        if kept is None:
            self._held.pop(person, None)
            raise NotSignedInError("nobody has signed in")
        outcome = await self._entra.refresh(person, kept.state, force=force)
        if not isinstance(outcome, Tokens):
            raise await self._refusal(person, kept, outcome)
        self._waits.pop(person, None)
        if outcome.state != kept.state and not await self._saved(person, replace(kept, state=outcome.state)):
            return None
        self._hold(person, outcome)
        return outcome.access_token

    async def _saved(self, person: Person, kept: CachedSignIn) -> bool:
        """A store that fails costs a silent refresh after the next restart, not the answer."""
        try:
            return await self._cache.replace(person, kept) is not None
        except StoreError as error:
            log.warning("refreshed_token_not_saved", problem=str(error))
            return True

    async def _refusal(self, person: Person, kept: CachedSignIn, outcome: Refusal) -> UsageBotError:
        """As an exception. What can never work again is forgotten, unless it was replaced meanwhile."""
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
        """See, beside the answer, whether the person is still signed in."""
        held.checked = now
        if person not in self._checking:
            task = self._checking[person] = asyncio.create_task(self._check(person, held), name="still signed in")
            task.add_done_callback(lambda _: self._checking.pop(person, None))

    async def _check(self, person: Person, held: _Held) -> None:
        try:
            if not await self._cache.exists(person) and self._held.get(person) is held:
                del self._held[person]
        except StoreError as error:
            log.warning("sign_in_not_rechecked", problem=str(error))
