"""Tests of what strangers can hold.

Connections without requests, slow requests, too many of them.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bot.web.connection_limits import ConnectionLimits
from bot.web.guarded_handler import HEALTH_PATHS, counted
from bot.web.listening_port import listening
from bot.web.security_headers import add_security_headers

LONG = 600.0
Serve = Callable[[ConnectionLimits], AbstractAsyncContextManager[int]]


@pytest.fixture
async def held() -> asyncio.Event:
    """Ends the requests for /slow."""
    return asyncio.Event()


@pytest.fixture
def serve(held: asyncio.Event) -> Serve:
    """Return a server whose /slow is answered once `held` is set."""

    async def slow(_: web.Request) -> web.Response:
        await held.wait()
        return web.Response(text="late")

    async def quick(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    @asynccontextmanager
    async def start(limits: ConnectionLimits) -> AsyncIterator[int]:
        app = web.Application(middlewares=[counted])
        add_security_headers(app, "")
        app.add_routes([web.get("/slow", slow), web.get("/", quick), *(web.get(each, quick) for each in HEALTH_PATHS)])
        async with listening(app, "127.0.0.1", 0, close_seconds=5.0, limits=limits) as port:
            yield port

    return start


def limits(most: int = 10, per_peer: int = 10, *, head: float = LONG, idle: float = LONG) -> ConnectionLimits:
    return ConnectionLimits(most=most, per_peer=per_peer, spare=2, head_seconds=head, idle_seconds=idle)


async def test_connection_without_a_request_ends_at_the_deadline(serve: Serve) -> None:
    async with serve(limits(head=0.05)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert await ended(reader)
        writer.close()


@pytest.mark.parametrize("start", [b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n"])
async def test_head_that_never_ends_is_cut_off_at_the_deadline(serve: Serve, start: bytes) -> None:
    async with serve(limits(head=0.05)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(start)
        assert await ended(reader)
        writer.close()


async def test_second_head_has_its_deadline_too_and_idle_lines_end(serve: Serve) -> None:
    async with serve(limits(head=0.05)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert (await reader.readuntil(b"ok")).startswith(b"HTTP/1.1 200")
        writer.write(b"GET /")
        assert await ended(reader)
        writer.close()
    async with serve(limits(idle=0.05)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await reader.readuntil(b"ok")
        assert await ended(reader)
        writer.close()


async def test_request_that_takes_long_outlives_both_deadlines(serve: Serve, held: asyncio.Event) -> None:
    async with serve(limits(head=0.05, idle=0.05)) as port, aiohttp.ClientSession() as session:
        answer = asyncio.create_task(text(session, port, "/slow"))
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert await ended(reader)  # the deadline of one that began later has passed
        writer.close()
        held.set()
        assert await answer == (200, "late")


async def test_newcomer_is_answered_where_strangers_hold_all_lines(serve: Serve) -> None:
    async with serve(limits(most=5)) as port:
        lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(20)]
        async with aiohttp.ClientSession() as session:
            assert await text(session, port, "/") == (200, "ok")
        assert await ended(lines[0][0])
        for _, writer in lines:
            writer.close()


async def test_health_is_answered_where_every_line_is_busy(serve: Serve, held: asyncio.Event) -> None:
    async with serve(limits(most=3)) as port, aiohttp.ClientSession() as session:
        busy = [asyncio.create_task(text(session, port, "/slow")) for _ in range(3)]
        while True:  # until all three are in the handler
            async with aiohttp.ClientSession() as other:
                status, _ = await text(other, port, "/")
                if status == 503:
                    break
        async with aiohttp.ClientSession() as other:
            assert await text(other, port, "/livez") == (200, "ok")
            assert await text(other, port, "/healthz") == (200, "ok")
        held.set()
        assert await asyncio.gather(*busy) == [(200, "late")] * 3


@pytest.mark.parametrize("wire", [b"\x16\x03\x01\x02\x00", b"NONSENSE\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"])
async def test_what_is_no_http_gets_400_without_a_version(serve: Serve, wire: bytes) -> None:
    async with serve(limits()) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(wire + b"\r\n\r\n")
        answer = await reader.read()
        writer.close()
    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400"))
    assert b"aiohttp" not in answer
    assert b"Python" not in answer
    assert b"Server: usagebot" in answer


async def text(session: aiohttp.ClientSession, port: int, path: str) -> tuple[int, str]:
    async with session.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.text()


async def ended(reader: asyncio.StreamReader) -> bool:
    """Return whether the other side silently ended the connection."""
    try:
        return await reader.read() == b""
    except ConnectionResetError:
        return True
