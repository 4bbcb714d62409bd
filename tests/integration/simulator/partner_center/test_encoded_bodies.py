"""How answers are sent: compressed, and in chunks when they are large."""

from typing import Any

import pytest

USAGE = "/partner/v1/analytics/commercial/usage/license"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br", "gzip"),
        ("br;q=1.0, GZIP;q=0.5", "gzip"),
        ("*", "gzip"),
        ("gzip;q=0, identity", None),
        ("gzip;q=0.0", None),
        ("deflate", None),
        ("identity", None),
    ],
)
async def test_body_is_compressed_when_that_is_accepted(service: Any, accepted: str, coding: str | None) -> None:
    reply = await service.get(headers={"Accept-Encoding": accepted}, top="5")
    assert reply.headers.get("Content-Encoding") == coding
    assert reply.headers["Vary"] == "Accept-Encoding"
    assert len(reply.json["Value"]) == 5


async def test_large_body_is_sent_in_chunks_without_a_length(service: Any) -> None:
    plain = {"Accept-Encoding": "identity"}
    large, small = await service.get(headers=plain), await service.get(headers=plain, top="5")
    assert (large.headers.get("Transfer-Encoding"), large.headers.get("Content-Length")) == ("chunked", None)
    assert (small.headers.get("Transfer-Encoding"), small.headers["Content-Length"]) == (None, str(len(small.raw)))
    assert len(large.raw) > 64 * 1024
    assert len(large.json["Value"]) == large.json["TotalCount"]


async def test_large_and_compressed_body_is_the_plain_one(start: Any) -> None:
    service = await start(2_500)
    packed = await service.get()
    assert (packed.headers["Content-Encoding"], packed.headers["Transfer-Encoding"]) == ("gzip", "chunked")
    assert packed.raw == (await service.get(headers={"Accept-Encoding": "identity"})).raw
