"""Tests that bytes which no client library sends are answered with a 4xx."""

import asyncio
from typing import Any

import pytest

REPORT = b"/v1/analytics/commercial/usage/license"


async def status(service: Any, request_line: bytes, *headers: bytes, body: bytes = b"") -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", service.server.port)
    authorization = b"Authorization: Bearer " + service.token.encode()
    writer.write(b"\r\n".join((request_line, authorization, *headers, b"", body)))
    await writer.drain()
    answer = await asyncio.wait_for(reader.readline(), 240)
    writer.close()
    await writer.wait_closed()
    return int(answer.split()[1])


@pytest.mark.parametrize(
    ("request_line", "headers", "wanted"),
    [
        (b"GET " + REPORT + b"?top=1 HTTP/1.1", (b"Host: \xff",), 400),
        (b"GET " + REPORT + b"?top=1 HTTP/1.1", (b"Host: x", b"Accept: \xff;;,,"), 406),
        (b"GET " + REPORT + b"?top=1 HTTP/1.1", (b"Host: x", b"MS-RequestId: \xed\xa0\x80"), 400),
        (b"GET " + REPORT + b"?\xff=\xfe HTTP/1.1", (b"Host: x",), 400),
        (b"GET " + REPORT + b"?filter=" + b"x" * 9000 + b" HTTP/1.1", (b"Host: x",), 400),
        (b"GET /v1/customers/%00%FF/analytics/licenses/usage HTTP/1.1", (b"Host: x",), 400),
        (b"GET /v1/customers/a%2Fb/analytics/licenses/usage HTTP/1.1", (b"Host: x",), 400),
        (b"OPTIONS * HTTP/1.1", (b"Host: x",), 404),
        (b"\x16\x03\x01\x00", (), 400),
    ],
)
async def test_hostile_bytes_are_answered_with_4xx(
    service: Any, request_line: bytes, headers: tuple[bytes, ...], wanted: int
) -> None:
    assert await status(service, request_line, *headers) == wanted


async def test_control_body_is_4xx_when_it_cannot_be_unpacked(service: Any) -> None:
    headers = (b"Host: x", b"Content-Type: application/json", b"Content-Encoding: gzip", b"Content-Length: 5")
    assert await status(service, b"POST /_simulator/faults HTTP/1.1", *headers, body=b"abcde") == 400


async def test_header_can_be_shown_when_it_is_not_text(service: Any) -> None:
    await status(service, b"GET " + REPORT + b" HTTP/1.1", b"Host: x", b"X-Locale: \xff")
    shown = (await service.get("/_simulator/requests", authorization=None)).json["requests"]
    assert shown[0]["headers"]["X-Locale"] == "?"
