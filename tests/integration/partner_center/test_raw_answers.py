"""Broken bytes, as a faulty proxy sends them, raise an error and never crash."""

import asyncio
import gzip
import random
from types import SimpleNamespace

import pytest

from bot.errors import PartnerCenterError
from bot.query.usage_query import UsageQuery

OK = b"HTTP/1.1 200 OK\r\n"
PAGE = b'{"Value":[{"customerName":"x","licensesActive":1,"licensesQualified":2}]}'
PACKED = gzip.compress(PAGE)


@pytest.fixture
async def raw():
    """Start servers that send these bytes for any request and close the connection."""
    servers = []

    async def start(answer: bytes):
        async def serve(reader, writer):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            await writer.drain()
            writer.close()
            await writer.wait_closed()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        servers.append(server)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    yield start
    for server in servers:
        server.close()
        await server.wait_closed()


@pytest.fixture
def ask(raw, client, alice):
    async def get(answer: bytes):
        at = SimpleNamespace(url=await raw(answer))
        return await client(at, attempts=2, attempt=1.0).tally(alice, UsageQuery(), ())

    return get


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0" * 100,
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200",
        b"HTTP/1.1 999 ?\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        OK + b"Content-Length: -1\r\n\r\n",
        OK + b"Content-Length: 9999\r\n\r\n" + PAGE,
        OK + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\n" + PAGE,
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        OK + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        OK + b"Content-Encoding: deflate\r\nContent-Length: 4\r\n\r\nnope",
        OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % (len(PACKED) // 2) + PACKED[: len(PACKED) // 2],
        OK + b"X: " + b"x" * 100_000 + b"\r\n\r\n",
        OK + b"Bad Header\r\n\r\n",
        OK + b"\xff\xfe: \xff\r\nContent-Length: 0\r\n\r\n",
        OK + b"Set-Cookie: a=b; Max-Age=zzz\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
        b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: \xff\xff\r\nContent-Length: 3\r\n\r\n\xff\xfe\xfd",
        b"HTTP/1.1 429 Slow\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n",
    ],
    ids=lambda answer: repr(answer[:60]),
)
async def test_bytes_that_are_not_proper_http_raise_an_error_of_ours(ask, answer):
    with pytest.raises(PartnerCenterError) as caught:
        await ask(answer)
    assert caught.value.correlation_id


async def test_randomly_changed_bytes_are_an_answer_or_an_error_of_ours(ask):
    chance = random.Random(20)
    whole = OK + b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE
    assert (await ask(whole)).rows == 1
    for _ in range(60):
        spoilt = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        try:
            found = await ask(bytes(spoilt))
        except PartnerCenterError:
            continue
        assert found.rows == 1
