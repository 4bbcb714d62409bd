"""The caller's token.

From memory, else by silent refresh, one refresh at a time per person. Depends on the cache and on `EntraClient`, not on
an HTTP server or chat. Implements `bot.partner_center.token_source.TokenSource`.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

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
from bot.identity.tokens.held_checks import HeldChecks
from bot.identity.tokens.held_tokens import HeldToken, HeldTokens
from bot.identity.tokens.sign_in_notices import SignInNotices
from bot.identity.tokens.token_cache import CachedSignIn, Person, TokenCache
from bot.store.announcements import Announcements

log = structlog.get_logger(__name__)

SPARE = 30.0  # seconds that a token has to be valid for to be used although it cannot be renewed
PAUSE = 30.0  # seconds until the next attempt to renew a token that can be used meanwhile
LEAST_WAIT = 1.0
TRIES = 3


class UserTokens:
    """Provides tokens of people. `clock` returns Unix seconds.

    A held token is used as long as the store has the record that it came from: each turn looks (`confirm`).
    `announcements` notify other processes of sign-ins and sign-outs.
    """

    def __init__(
        self,
        entra: EntraClient,
        cache: TokenCache,
        *,
        clock: Callable[[], float] = time.time,
        announcements: Announcements | None = None,
    ) -> None:
        self._entra = entra
        self._cache = cache
        self._clock = clock
        self.held = HeldTokens()
        self.notices = None if announcements is None else SignInNotices(announcements, self.held)
        self._checks = HeldChecks(self.held, cache, clock)
        self._fetching: dict[Person, asyncio.Task[str]] = {}
        self._waits: dict[Person, float] = {}

    async def confirm(self, caller: Caller) -> None:
        """Check that a token of the newest sign-in is available.

        It is one look at the store. Raises what `token` raises. If the store fails, a token is used that was checked in
        the last two minutes.
        """
        held = self.held.get(caller.key)
        if held is not None:
            await self._checks.checked(caller.key, held)
        await self.token(caller)

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:
        """Return a token of exactly this person.

        A new one if the current one is `refused`. Raises NotSignedInError, ClaimsRequiredError, EntraDownError,
        EntraRefusedError, EntraMisconfiguredError, StoreError.
        """
        person = caller.key
        held, now = self.held.get(person), self._clock()
        if held is not None and held.token != refused and now < held.until - RENEW_BEFORE:
            if await self._checks.is_current(person, held):
                return held.token
            held = None
        try:
            token = await self._fetched(person, force=held is not None or refused is not None)
        except EntraDownError:
            if held is None or held.token == refused or not self._serves(person, held):
                raise
            return held.token
        if token == refused:  # the token came from a refresh that was already running
            token = await self._fetched(person, force=True)
        return token

    async def newer(self, caller: Caller, refused: str) -> str | None:
        """Return the token of a newer sign-in than that of the `refused` token.

        None if there is none. Raises nothing: the refusal says more than why there is none.
        """
        person = caller.key
        held = self.held.get(person)
        if held is not None and held.token != refused:
            return held.token
        try:
            if held is not None and await self._cache.version(person) in (None, held.version):
                return None
            token = await self._fetched(person, force=False)
        except UsageBotError as error:
            log.warning("newer_sign_in_not_found", problem=type(error).__name__)
            return None
        return None if token == refused else token

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
        kept = await self._cache.put(person, CachedSignIn(tokens.state, now, tokens.name, demanded or ""))
        self._hold(person, tokens, kept)
        await self._announce(lambda notices: notices.announce(person, kept.version))
        await self._cache.history.add(person, demanded or "", now)
        self._waits.pop(person, None)

    async def forget(self, caller: Caller) -> bool:
        """Sign out: delete this person's tokens from memory and store.

        Returns True if they were signed in. A refresh that is running loses its compare-and-set and restores nothing.
        There is no request to Entra: it has no call that ends only one application's session.
        """
        person = caller.key
        self.held.drop(person)
        kept = await self._cache.load(person)
        was = await self._cache.delete(person)
        since = self._clock() if kept is None else kept.since
        await self._announce(lambda notices: notices.announce_end(person, since))
        await self._cache.history.forget(person)
        if (task := self._fetching.get(person)) is not None:
            await asyncio.gather(task, return_exceptions=True)
        self.held.drop(person)
        self.held.saw(person, None)
        return was

    async def signed_in(self, caller: Caller) -> CachedSignIn | None:
        """Return the person's sign-in and its time; None if they are not signed in.

        Raises StoreError.
        """
        return await self._cache.load(caller.key)

    async def close(self) -> None:
        """Wait for running tasks, so that a refreshed token is also saved."""
        if self.notices is not None:
            await self.notices.stop()
        await asyncio.gather(*self._fetching.values(), return_exceptions=True)
        await self._checks.close()

    async def _announce(self, notice: Callable[[SignInNotices], Awaitable[None]]) -> None:
        """Notify the other processes. They look at the store anyway, so a failure is no error."""
        try:
            if self.notices is not None:
                await notice(self.notices)
        except StoreError as error:
            log.warning("sign_in_not_announced", problem=str(error))

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

        None if another replica saved the record between our read and our save, or if another token was held or dropped
        meanwhile: that is the one of a newer sign-in, or there is none any more.
        """
        before = self.held.get(person)
        kept = await self._cache.load(person)
        self.held.saw(person, None if kept is None else kept.since)
        if kept is None:
            self.held.drop(person)
            raise NotSignedInError("the person is not signed in")
        # The token of another record than the held one is another token.
        force = force and (before is None or before.version == kept.version)
        outcome = await self._entra.refresh(person, kept.state, force=force)
        if not isinstance(outcome, Tokens):
            raise await self._refusal(person, kept, outcome)
        self._waits.pop(person, None)
        saved: CachedSignIn | None = kept
        if outcome.state != kept.state:
            saved = await self._saved(person, replace(kept, state=outcome.state))
        if saved is None or self.held.get(person) is not before:
            return None
        self._hold(person, outcome, saved)
        return outcome.access_token

    async def _saved(self, person: Person, kept: CachedSignIn) -> CachedSignIn | None:
        """Return the record as it is saved; None if the compare-and-set failed.

        If the store fails, only a later silent refresh is needed.
        """
        try:
            return await self._cache.replace(person, kept)
        except StoreError as error:
            log.warning("refreshed_token_not_saved", problem=str(error))
            return kept

    async def _refusal(self, person: Person, kept: CachedSignIn, outcome: Refusal) -> UsageBotError:
        """Return the refusal as an exception.

        Tokens that can never work again are deleted, unless replaced.
        """
        if isinstance(outcome, TryLater):
            wait = max(LEAST_WAIT, outcome.retry_after or LEAST_WAIT)
            self._waits[person] = self._clock() + wait
            return EntraDownError("Entra gives no tokens now", retry_after=wait)
        held = self.held.get(person)
        if held is not None and held.version == kept.version:
            self.held.drop(person)
        if isinstance(outcome, SignInNeeded | OtherPerson):
            await self._cache.delete(person, version=kept.version)
        return as_error(outcome)

    def _hold(self, person: Person, tokens: Tokens, kept: CachedSignIn) -> None:
        self.held.hold(person, HeldToken(tokens.access_token, tokens.expires, kept.version, self._clock()))
        self.held.saw(person, kept.since)

    def _serves(self, person: Person, held: HeldToken) -> bool:
        """Return True if a token can be used although Entra does not renew it now.

        Entra is then not asked again for a while: each question would wait for it in vain.
        """
        now = self._clock()
        if self.held.get(person) is not held or now >= held.until - SPARE:
            return False
        self._waits[person] = max(self._waits.get(person, 0.0), min(now + PAUSE, held.until - SPARE))
        return True
