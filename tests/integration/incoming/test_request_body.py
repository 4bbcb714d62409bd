"""Bodies of requests over real HTTP: read whole within their limits, or refused."""

import asyncio
import re
import zlib
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.incoming.request_body import RequestBodyError, check_plain, is_utf8, media_type, request_body
from bot.simulator.loopback_listener import listen

LONGEST = 1_000  # bytes
PATIENT, HASTY = 600.0, 0.05  # seconds


class Reader:
    """A server that answers with what it read, or with why it did not."""

    def __init__(self) -> None:
        self.seconds = PATIENT
        self.refused: asyncio.Future[tuple[int, str]] = asyncio.get_running_loop().create_future()

    async def handle(self, request: web.Request) -> web.Response:
        try:
            check_plain(request, LONGEST)
            body = await request_body(request, LONGEST, self.seconds)
        except RequestBodyError as error:
            self.refused.set_result((error.status, str(error)))
            return web.Response(status=error.status)
        return web.Response(body=b"%s %d|%s" % (media_type(request).encode(), is_utf8(request), body))


@pytest.fixture
async def reader() -> AsyncIterator[tuple[Reader, int]]:
    made = Reader()
    app = web.Application()
    app.router.add_post("/", made.handle)
    server = await listen(app)
    yield made, server.port
    await server.close()


async def sent(port: int, head: str, *parts: bytes, closed: bool = False) -> bytes:
    """Send a request in parts, and return the body of the answer.

    There is none if the connection is `closed` before it.
    """
    incoming, outgoing = await asyncio.open_connection("127.0.0.1", port)
    outgoing.write(f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{head}\r\n\r\n".encode())
    for part in parts:
        await outgoing.drain()
        await asyncio.sleep(0)
        outgoing.write(part)
    if closed:
        await outgoing.drain()
        outgoing.close()
        return b""
    answered = await incoming.readuntil(b"\r\n\r\n")
    length = re.search(rb"Content-Length: (\d+)", answered)
    assert length is not None
    body = await incoming.readexactly(int(length[1]))
    outgoing.close()  # else the server waits for the rest of what it refused
    return body


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


CHUNKED = "Transfer-Encoding: chunked"


@pytest.mark.parametrize("size", [0, 1, LONGEST])
async def test_body_within_the_limit_is_read_whole(reader: tuple[Reader, int], size: int) -> None:
    answer = await sent(reader[1], f"Content-Length: {size}", b"a" * size)
    assert answer.endswith(b"|" + b"a" * size)


async def test_body_in_pieces_is_read_whole(reader: tuple[Reader, int]) -> None:
    answer = await sent(reader[1], CHUNKED, chunk(b"a" * 400), chunk(b"b" * 600), b"0\r\n\r\n")
    assert answer.endswith(b"|" + b"a" * 400 + b"b" * 600)


@pytest.mark.parametrize(
    ("head", "parts", "refusal"),
    [
        (f"Content-Length: {LONGEST + 1}", [b""], (413, "the body is too large")),
        (CHUNKED, [chunk(b"a" * LONGEST), chunk(b"b")], (413, "the body is too large")),
        ("Content-Length: 1\r\nContent-Encoding: gzip", [b"a"], (415, "the body is compressed")),
        ("Content-Length: 8\r\nContent-Encoding: deflate", [zlib.compress(b"")], (415, "the body is compressed")),
    ],
    ids=["said too long", "too long", "called compressed", "compressed"],
)
async def test_body_that_exceeds_a_limit_is_refused(
    reader: tuple[Reader, int], head: str, parts: list[bytes], refusal: tuple[int, str]
) -> None:
    await sent(reader[1], head, *parts)
    assert reader[0].refused.result() == refusal


async def test_body_without_an_end_is_refused_when_its_time_is_over(reader: tuple[Reader, int]) -> None:
    reader[0].seconds = HASTY
    await sent(reader[1], "Content-Length: 9", b"a")
    assert reader[0].refused.result() == (408, "the body does not come to an end")


async def test_body_that_breaks_off_is_refused(reader: tuple[Reader, int]) -> None:
    await sent(reader[1], "Content-Length: 9", b"a", closed=True)
    assert await asyncio.wait_for(reader[0].refused, PATIENT) == (400, "the body breaks off")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("application/json", b"application/json 1|"),
        ("application/json; charset=UTF-8", b"application/json 1|"),
        ("application/json; charset=latin-1", b"application/json 0|"),
        (";4*", b" 0|"),
    ],
)
async def test_kind_of_the_body_is_read_whatever_the_header_says(
    reader: tuple[Reader, int], kind: str, said: bytes
) -> None:
    answer = await sent(reader[1], f"Content-Length: 0\r\nContent-Type: {kind}")
    assert answer == said
