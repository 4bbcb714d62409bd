"""The bot's own token, fetched by unmodified MSAL from a real server."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.identity.entra.app_credentials import AppTokenError, ClientCredentials, Credentials
from bot.simulator.connector import SimulatedConnector
from bot.simulator.connector.teams_people import TENANT
from bot.simulator.loopback_authority import LoopbackAuthority

SCOPE = "https://api.botframework.com/.default"


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def entra() -> AsyncIterator[SimulatedConnector]:
    async with SimulatedConnector() as connector:
        yield connector


def made(entra: SimulatedConnector, clock: Clock | None = None, **changes: str) -> tuple[Any, LoopbackAuthority]:
    authority = LoopbackAuthority(entra.url)
    facts = {"app_id": entra.app_id, "secret": entra.password, "tenant_id": TENANT} | changes
    return ClientCredentials(Credentials(**facts), http_client=authority, clock=clock or Clock()), authority


async def test_a_token_is_fetched_once_and_cached(entra: Any) -> None:
    tokens, authority = made(entra)
    first = await tokens.token(SCOPE)
    asked = len(authority.requests)
    assert [await tokens.token(SCOPE) for _ in range(5)] == [first] * 5
    assert (len(authority.requests), entra.state.tokens_issued) == (asked, 1)


async def test_no_request_is_sent_before_the_first_token_is_needed(entra: Any) -> None:
    _, authority = made(entra)
    assert authority.requests == []


async def test_concurrent_callers_wait_for_one_request(entra: Any) -> None:
    tokens, _ = made(entra)
    got = await asyncio.gather(*(tokens.token(SCOPE) for _ in range(20)))
    assert (len(set(got)), entra.state.tokens_issued) == (1, 1)


async def test_a_token_is_renewed_while_the_old_one_is_used(entra: Any) -> None:
    clock = Clock()
    tokens, _ = made(entra, clock)
    first = await tokens.token(SCOPE)
    clock.now += 3_600 - 60 - 100
    assert await tokens.token(SCOPE) == first
    await tokens.close()
    assert await tokens.token(SCOPE) != first
    assert entra.state.tokens_issued == 2


async def test_an_expired_token_is_not_returned(entra: Any) -> None:
    clock = Clock()
    tokens, _ = made(entra, clock)
    first = await tokens.token(SCOPE)
    clock.now += 3_600
    assert await tokens.token(SCOPE) != first


async def test_a_refused_token_is_replaced_and_a_newer_one_is_not(entra: Any) -> None:
    tokens, _ = made(entra)
    first = await tokens.token(SCOPE)
    second = await tokens.token(SCOPE, refused=first)
    assert second != first
    assert await tokens.token(SCOPE, refused=first) == second
    assert entra.state.tokens_issued == 2


async def test_refused_token_is_replaced_as_soon_as_entra_is_back(entra: Any) -> None:
    tokens, authority = made(entra)
    first = await tokens.token(SCOPE)
    base, authority._base = authority._base, "http://127.0.0.1:9"
    with pytest.raises(AppTokenError, match="cannot be reached"):
        await tokens.token(SCOPE, refused=first)
    authority._base = base
    second = await tokens.token(SCOPE, refused=first)
    assert second != first
    assert await tokens.token(SCOPE, refused=second) == second, "a fresh one would be refused as well"


async def test_the_token_is_used_when_its_renewal_fails(entra: Any) -> None:
    clock = Clock()
    tokens, authority = made(entra, clock)
    first = await tokens.token(SCOPE)
    authority._base = "http://127.0.0.1:9"
    clock.now += 3_600 - 60 - 100
    for _ in range(3):
        assert await tokens.token(SCOPE) == first
        await tokens.close()
    asked = [request for request in authority.requests if request.startswith("POST")]
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"secret": "wrong"}, "the app password is wrong (AADSTS7000215)"),
        ({"app_id": "00000000-0000-0000-0000-000000000009"}, "the app id is not registered in this tenant"),
    ],
)
async def test_an_error_names_the_cause_but_no_secret(changes: dict[str, str], message: str, entra: Any) -> None:
    tokens, _ = made(entra, **changes)
    with pytest.raises(AppTokenError) as refused:
        await tokens.token(SCOPE)
    assert message in str(refused.value)
    assert "wrong" not in str(refused.value).replace("password is wrong", "")


async def test_an_unreachable_entra_is_an_error_and_tried_again(entra: Any) -> None:
    tokens, authority = made(entra)
    base, authority._base = authority._base, "http://127.0.0.1:9"
    with pytest.raises(AppTokenError, match="cannot be reached"):
        await tokens.token(SCOPE)
    authority._base = base
    assert await tokens.token(SCOPE)


async def test_the_secret_is_not_in_the_representation() -> None:
    assert "hush" not in repr(Credentials("app", "hush", "tenant"))
