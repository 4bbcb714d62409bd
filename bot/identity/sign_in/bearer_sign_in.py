"""Sign-in of programs: each request brings a token of the bot's own API.

Entra issued it to the program, for its person. It is verified as the token of a silent sign-in is, and exchanged for
one of Partner Center on behalf of that person. Nothing is stored: what is held is in memory, as long as it is valid.
https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-on-behalf-of-flow
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from cachetools import LRUCache

from bot.domain.conversation import Caller
from bot.domain.key_hash import key_hash
from bot.errors import NotSignedInError
from bot.identity.entra.app_credentials import Credentials
from bot.identity.entra.entra_client import EntraClient
from bot.identity.entra.sign_in_outcome import RENEW_BEFORE, Tokens, as_error
from bot.identity.sso.entra_keys import EntraKeys
from bot.identity.sso.sso_token import (
    ExpectedClaims,
    SsoClaims,
    SsoRefusal,
    SsoTokenError,
    check,
    claimed_person,
    key_id,
)

HELD = 4_096  # tokens of programs
Person = tuple[str, str]  # (tenant id, object id), lower case


@dataclass(frozen=True, slots=True)
class _Held:
    """A token of Partner Center, and the one that it was exchanged for. `until` and `since` are in Unix seconds."""

    claims: SsoClaims
    assertion: str = field(repr=False)
    token: str = field(repr=False)
    until: float
    since: float

    @property
    def name(self) -> str:
        """The name of the person, "" if it is not known."""
        return self.claims.name


class BearerSignIn:
    """Signs people in with the tokens of their programs.

    `tenants` are the tenants that are served, `clients` the programs, by their application ids. `clock` returns Unix
    seconds. Implements `bot.partner_center.token_source.TokenSource`, and the accounts of the people who ask.
    """

    def __init__(
        self,
        credentials: Credentials,
        keys: EntraKeys,
        entra: EntraClient,
        *,
        tenants: frozenset[str],
        clients: frozenset[str],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._credentials = credentials
        self._keys = keys
        self._entra = entra
        self._tenants = tenants
        self._clients = clients
        self._clock = clock
        self._held: LRUCache[str, _Held] = LRUCache(HELD)
        self._current: LRUCache[Person, str] = LRUCache(HELD)
        self._exchanging: dict[str, asyncio.Task[_Held]] = {}

    async def person(self, assertion: str) -> SsoClaims:
        """Return the person that a program's token belongs to.

        Raises SsoTokenError, and EntraDownError if Entra's keys cannot be fetched.
        """
        kid = key_id(assertion)
        tenant_id, object_id = claimed_person(assertion)
        # Before a key is fetched: a stranger may name any tenant.
        if tenant_id not in self._tenants:
            raise SsoTokenError(SsoRefusal.TENANT)
        key = await self._keys.find(tenant_id, kid)
        if key is None:
            raise SsoTokenError(SsoRefusal.KEY)
        ours = self._credentials
        expected = ExpectedClaims(
            ours.app_id.lower(), tenant_id, object_id, self._tenants, ours.login_url, self._clients
        )
        claims = check(assertion, key, expected, self._clock())
        # Without tolerance: Entra exchanges no token that is over, and a program that is refused gets a new one.
        if self._clock() >= claims.expires:
            raise SsoTokenError(SsoRefusal.EXPIRED)
        return claims

    async def accept(self, claims: SsoClaims, assertion: str) -> None:
        """Hold a token of Partner Center for this person.

        Raises NotSignedInError and EntraError if Entra issues none.
        """
        held = await self._exchanged(claims, assertion, None)
        self._current[claims.tenant_id, claims.object_id] = key_hash(held.assertion)

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:
        """Return a token of exactly this person.

        A new one if the current one is `refused`. Raises NotSignedInError and EntraError.
        """
        held = self._of(caller)
        if held is None:
            raise NotSignedInError("no program of this person has a token")
        return (await self._exchanged(held.claims, held.assertion, refused)).token

    async def newer(self, caller: Caller, refused: str) -> str | None:
        """Return the token of another sign-in than that of the `refused` one.

        None if there is none.
        """
        held = self._of(caller)
        return None if held is None or held.token == refused else held.token

    async def was_asked_for(self, caller: Caller, claims: str | None) -> bool:  # noqa: ARG002 - the program signs in
        """Return False: the program chooses how its person signs in."""
        return False

    async def signed_in(self, caller: Caller) -> _Held | None:
        """Return the sign-in of this person, None if there is none."""
        return self._of(caller)

    async def admit(self, caller: Caller) -> None:
        """Check that there is a token. Raises what `token` raises."""
        await self.token(caller)

    async def was_asked_for_factor(self, caller: Caller) -> bool:  # noqa: ARG002 - the program signs in
        """Return False, as `was_asked_for`."""
        return False

    async def demanded(self, caller: Caller) -> str | None:  # noqa: ARG002 - the program signs in
        """Return None: nothing waits for another sign-in."""
        return None

    async def sign_out(self, caller: Caller) -> bool:
        """Drop what is held of this person. Returns True if there was something."""
        was = self._of(caller) is not None
        self.ended(caller.key, False)
        return was

    def ended(self, person: Person, again: bool) -> None:
        """Drop what is held of a person who has signed out.

        `again`: they have signed in again instead.
        """
        if again:
            return
        self._current.pop(person, None)
        for key in [key for key, held in self._held.items() if _person(held.claims) == person]:
            self._held.pop(key, None)

    async def close(self) -> None:
        """Wait for the exchanges that are running."""
        await asyncio.gather(*self._exchanging.values(), return_exceptions=True)

    def _of(self, caller: Caller) -> _Held | None:
        key = self._current.get(caller.key)
        held = None if key is None else self._held.get(key)
        return held if held is not None and self._clock() < held.claims.expires else None

    async def _exchanged(self, claims: SsoClaims, assertion: str, refused: str | None) -> _Held:
        key = key_hash(assertion)
        held = self._held.get(key)
        if held is not None and held.token != refused and self._clock() < held.until - RENEW_BEFORE:
            return held
        task = self._exchanging.get(key)
        if task is None:
            task = self._exchanging[key] = asyncio.create_task(
                self._exchange(key, claims, assertion), name="token of a program"
            )
            task.add_done_callback(lambda done: self._end(key, done))
        return await asyncio.shield(task)

    async def _exchange(self, key: str, claims: SsoClaims, assertion: str) -> _Held:
        outcome = await self._entra.on_behalf_of(claims, assertion)
        if not isinstance(outcome, Tokens):
            raise as_error(outcome)
        held = _Held(claims, assertion, outcome.access_token, outcome.expires, self._clock())
        self._held[key] = held
        return held

    def _end(self, key: str, task: asyncio.Task[_Held]) -> None:
        self._exchanging.pop(key, None)
        if not task.cancelled():
            task.exception()  # retrieved by the waiting requests; without any, asyncio must not log it


def _person(claims: SsoClaims) -> Person:
    return claims.tenant_id, claims.object_id
