"""Send a body as web servers do: compressed, and in chunks if it is large.

Of HTTP it knows encodings only.
"""

import asyncio
import gzip
from collections.abc import Mapping

from aiohttp import HttpVersion11, web

# A body of which a part is sent before the whole is known has no length.
CHUNKED_FROM = 64 * 1024
PIECE = 64 * 1024
_FAST = 1  # as web servers compress an answer that is made for one request


def accepts_gzip(sent: Mapping[str, str]) -> bool:
    """Return True if the request accepts gzip."""
    for accepted in sent.get("Accept-Encoding", "").lower().split(","):
        coding, _, quality = accepted.replace(" ", "").partition(";q=")
        if coding in {"gzip", "*"}:
            return quality.strip("0.") != "" or not quality
    return False


async def encoded(sent: Mapping[str, str], body: bytes) -> tuple[bytes, dict[str, str]]:
    """Return the body as it is sent, and the headers that say how."""
    if not accepts_gzip(sent):
        return body, {"Vary": "Accept-Encoding"}
    packed = await asyncio.to_thread(gzip.compress, body, _FAST, mtime=0)
    return packed, {"Vary": "Accept-Encoding", "Content-Encoding": "gzip"}


async def send(request: web.Request, body: bytes, headers: Mapping[str, str]) -> web.StreamResponse:
    """Return a 200 with an encoded body.

    It is sent in chunks if it is large and the request allows it.
    """
    if len(body) < CHUNKED_FROM or request.version < HttpVersion11:
        return web.Response(body=body, headers=headers)
    response = web.StreamResponse(headers=headers)
    response.enable_chunked_encoding()
    await response.prepare(request)
    try:
        for start in range(0, len(body), PIECE):
            await response.write(body[start : start + PIECE])
        await response.write_eof()
    except ConnectionError:
        pass  # the caller has stopped waiting
    return response
