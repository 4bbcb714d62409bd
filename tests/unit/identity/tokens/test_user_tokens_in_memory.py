"""Tokens in memory: one per person, the most recently used ones are kept longest."""

from typing import Any

import pytest

from bot.domain.conversation import Caller
from bot.errors import NotSignedInError
from bot.identity.entra.sign_in_outcome import RENEW_BEFORE, Tokens
from bot.identity.tokens import held_tokens
from bot.identity.tokens.token_cache import CachedSignIn, Person
from bot.identity.tokens.user_tokens import UserTokens

NOW = 1_790_000_000.0


class Cache:
    """Accepts everything and stores nothing: a person not in memory is not signed in."""

    @property
    def history(self) -> "Cache":
        return self

    async def add(self, person: Person, demanded: str, now: float) -> None:
        return None

    async def put(self, person: Person, kept: CachedSignIn) -> CachedSignIn:
        return kept

    async def version(self, person: Person) -> int:
        return 0

    async def load(self, person: Person) -> None:
        return None


class Clock:
    now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tokens(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> UserTokens:
    monkeypatch.setattr(held_tokens, "PEOPLE", 2)
    entra: Any = None  # no person has anything to refresh
    cache: Any = Cache()
    return UserTokens(entra, cache, clock=clock)


def tokens_of(tenant_id: str, object_id: str) -> Tokens:
    return Tokens(tenant_id, object_id, "Ada", f"token of {object_id} in {tenant_id}", NOW + 3_600, "state")


async def test_a_token_is_its_persons_own_when_others_share_the_tenant_or_id(tokens: UserTokens) -> None:
    await tokens.accept(tokens_of("t1", "ada"))
    await tokens.accept(tokens_of("t2", "ada"))
    assert await tokens.token(Caller("t1", "ada")) == "token of ada in t1"
    assert await tokens.token(Caller("t2", "ada")) == "token of ada in t2"
    with pytest.raises(NotSignedInError):
        await tokens.token(Caller("t1", "ben"))


async def test_the_last_caller_stays_in_memory_when_there_are_too_many(tokens: UserTokens) -> None:
    await tokens.accept(tokens_of("t", "ada"))
    await tokens.accept(tokens_of("t", "ben"))
    await tokens.token(Caller("t", "ada"))
    await tokens.accept(tokens_of("t", "cem"))
    assert await tokens.token(Caller("t", "ada")) == "token of ada in t"
    with pytest.raises(NotSignedInError):
        await tokens.token(Caller("t", "ben"))


async def test_a_token_in_memory_is_not_used_when_it_ends_soon(tokens: UserTokens, clock: Clock) -> None:
    await tokens.accept(tokens_of("t", "ada"))
    clock.now = NOW + 3_600 - RENEW_BEFORE - 1
    assert await tokens.token(Caller("t", "ada"))
    clock.now += 1
    with pytest.raises(NotSignedInError):
        await tokens.token(Caller("t", "ada"))
