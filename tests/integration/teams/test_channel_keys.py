"""The keys of the channel service: rotation, made-up ids and outages, over HTTP."""

import asyncio
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.identity.sso.signing_keys import FIRST_PAUSE, FRESH, PAUSE, KeysUnavailableError
from bot.simulator.loopback_listener import listen
from bot.teams.auth.channel_keys import ChannelKeys


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def fetches(stage: Any) -> int:
    return sum("openid" in request for request in stage.requests)


async def test_new_key_is_fetched_when_it_is_first_used(stage: Any) -> None:
    await stage.client.say("help")
    stage.connector.keys.rotate()
    stage.bot._keys._asked -= PAUSE
    assert (await stage.client.say("help")).status == 200
    assert fetches(stage) == 2


async def test_made_up_key_ids_cause_one_request_a_minute(stage: Any) -> None:
    await stage.client.say("help")
    key, claims = stage.connector.keys.current, {"iss": "x"}
    for number in range(20):
        posted = await stage.client.post(
            stage.client.new("message", *who()), token=key.sign(claims, kid=f"made-up-{number}")
        )
        assert posted.status == 401
    assert fetches(stage) == 1
    stage.bot._keys._asked -= PAUSE
    await stage.client.post(stage.client.new("message", *who()), token=key.sign(claims, kid="made-up"))
    assert fetches(stage) == 2


def who() -> tuple[Any, Any]:
    from bot.simulator.connector import ADA, personal

    return personal(ADA), ADA


async def test_request_is_answered_with_503_when_there_are_no_keys(open_stage: Any) -> None:
    async with open_stage() as stage:
        stage.bot._keys._openid_url = "http://127.0.0.1:9/"
        activity = stage.client.new("message", *who()) | {"text": "help"}
        assert (await stage.client.post(activity)).status == 503
        stage.bot._keys._openid_url = stage.connector.openid_configuration_url
        stage.bot._keys._asked -= FIRST_PAUSE
        assert (await stage.client.post(activity)).status == 200


async def test_known_keys_stay_valid_when_the_key_service_is_down(stage: Any) -> None:
    await stage.client.say("help")
    keys, clock = stage.bot._keys, Clock()
    keys._clock, keys._fetched, keys._asked = clock, clock.now, clock.now
    keys._openid_url = "http://127.0.0.1:9/"
    clock.now += FRESH + 1
    assert await keys.find(stage.connector.keys.current.kid) is not None
    assert keys._fetching is not None
    await keys._fetching
    assert await keys.find(stage.connector.keys.current.kid) is not None
    assert keys._fetching is None


STRANGE_KEYS = """{"jwks_uri": "BASE/list", "keys": [{}, {"kid": 1}, {"kid": "a", "kty": "oct", "k": "eA"},
    {"kid": "b", "kty": "RSA", "n": "!", "e": 3}, {"kid": "c", "kty": "RSA"},
    {"kid": "d", "kty": "RSA", "n": "AQAB", "e": "AQAB", "endorsements": 5}]}"""

ANSWERS: dict[str, tuple[int, str]] = {
    "an error": (500, ""),
    "no JSON": (200, "<html>"),
    "no address": (200, "{}"),
    "an address elsewhere": (200, '{"jwks_uri": "file:///etc/passwd"}'),
    "an address that is no address": (200, '{"jwks_uri": "http://"}'),
    "a port that is none": (200, '{"jwks_uri": "http://127.0.0.1:99999/"}'),
    "no keys": (200, '{"jwks_uri": "BASE/list", "keys": []}'),
    "strange keys": (200, STRANGE_KEYS),
    "too much": (200, '{"jwks_uri": "' + "x" * 1_100_000 + '"}'),
    "a redirect": (302, ""),
}


@pytest.mark.parametrize("answer", ANSWERS)
async def test_no_keys_are_found_when_the_key_service_answers_nonsense(answer: str) -> None:
    status, text = ANSWERS[answer]

    async def handle(request: web.Request) -> web.Response:
        return web.Response(status=status, text=text.replace("BASE", f"http://{request.host}"))

    app = web.Application()
    app.router.add_get("/{path:.*}", handle)
    listening = await listen(app)
    async with aiohttp.ClientSession() as session:
        keys = ChannelKeys(session, f"{listening.url}/openid", seconds=2)
        with pytest.raises(KeysUnavailableError):
            await keys.find("a")
        await keys.close()
    await listening.close()


async def test_keys_are_fetched_once_by_many_requests_at_the_start(stage: Any) -> None:
    kid = stage.connector.keys.current.kid
    found = await asyncio.gather(*(stage.bot._keys.find(kid) for _ in range(10)))
    assert all(found)
    assert fetches(stage) == 1


async def test_slow_key_service_does_not_block_the_event_loop(stage: Any) -> None:
    """Only callers that need a key wait for a slow key service."""
    await stage.client.say("help")
    gate = asyncio.Event()

    async def handle(_: web.Request) -> web.Response:
        await gate.wait()
        return web.Response(status=500)

    app = web.Application()
    app.router.add_get("/slow", handle)
    listening = await listen(app)
    stage.bot._keys._openid_url = f"{listening.url}/slow"
    stage.bot._keys._asked -= PAUSE
    unknown = stage.connector.keys.current.sign({}, kid="unknown")
    waiting = asyncio.create_task(stage.client.post(stage.client.new("message", *who()), token=unknown))
    await stage.until(lambda: stage.bot._keys._fetching is not None)
    assert (await stage.client.say("help")).status == 200
    gate.set()
    assert (await waiting).status == 401
    await listening.close()
