"""A connector whose responses are hardly HTTP.

What was posted counts as posted; a refusal keeps its status.
"""

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import aiohttp
import pytest
from aiohttp import web

from bot.errors import DeliveryError
from bot.simulator.loopback_listener import listen
from bot.teams.connector.connector_client import ConnectorClient, Retries
from tests.integration.teams.patience import FOREVER

PATIENT = Retries(attempts=2, first_wait=0.01, longest_wait=1, all_seconds=FOREVER, seconds=FOREVER)
HASTY = replace(PATIENT, seconds=1.0)
Serve = Callable[[web.Request], object]
OVER = web.AppKey("OVER", asyncio.Event)  # set when the client has its outcome


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def post(serve: Serve, session: aiohttp.ClientSession, retries: Retries = PATIENT) -> tuple[object, int]:
    """Post a message. Return its id or the error, and how many requests that took."""
    asked = 0

    async def handle(request: web.Request) -> web.StreamResponse:
        nonlocal asked
        asked += 1
        await request.read()
        answer = serve(request)
        return await answer if asyncio.iscoroutine(answer) else answer  # type: ignore[return-value]

    app = web.Application()
    app[OVER] = asyncio.Event()
    app.router.add_route("*", "/{path:.*}", handle)
    server = await listen(app, shutdown_timeout=0)
    try:
        return await ConnectorClient(session, server.url, None, retries).send("a:1", b"{}"), asked
    except DeliveryError as error:
        return error, asked
    finally:
        app[OVER].set()
        await server.close()


async def endless_body(request: web.Request, status: int) -> web.StreamResponse:
    """Send headers and the beginning of a body that never ends."""
    response = web.StreamResponse(status=status, headers={"Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"id": "1"')
    await request.app[OVER].wait()
    return response


async def test_message_counts_as_posted_when_the_response_has_no_end(session: aiohttp.ClientSession) -> None:
    assert await post(lambda request: endless_body(request, 201), session, HASTY) == (None, 1)


async def test_refusal_keeps_its_status_when_its_body_has_no_end(session: aiohttp.ClientSession) -> None:
    error, asked = await post(lambda request: endless_body(request, 429), session, HASTY)
    assert isinstance(error, DeliveryError)
    assert (error.status, asked) == (429, 2)


@pytest.mark.parametrize("status", [201, 403])
async def test_compressed_response_of_any_size_is_not_read_completely(
    status: int, session: aiohttp.ClientSession
) -> None:
    packed = zlib.compress(b" " * 50_000_000)

    def bomb(_: web.Request) -> web.Response:
        return web.Response(status=status, body=packed, headers={"Content-Encoding": "deflate"})

    outcome, asked = await post(bomb, session)
    assert asked == 1
    assert outcome is None or (isinstance(outcome, DeliveryError) and outcome.status == status)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'{"id": 7}', b"\xff", b'{"id": null}', b"<html>"])
async def test_message_counts_as_posted_when_its_id_cannot_be_read(body: bytes, session: aiohttp.ClientSession) -> None:
    assert await post(lambda _: web.Response(status=200, body=body), session) == (None, 1)


async def test_outcome_is_unknown_when_the_response_has_too_many_headers(session: aiohttp.ClientSession) -> None:
    headers = {f"X-{number}": "x" * 1_000 for number in range(2_000)}
    error, asked = await post(lambda _: web.Response(status=201, headers=headers), session)
    assert asked == 1
    assert error is None or (isinstance(error, DeliveryError) and error.status is None)
