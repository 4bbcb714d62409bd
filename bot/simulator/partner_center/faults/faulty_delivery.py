"""Send bytes as a fault says: truncated, in pieces, or not at all.

Uses aiohttp; independent of what is sent.
"""

import socket
import struct
from collections.abc import Awaitable, Callable, Iterable, Mapping

from aiohttp import web

from bot.simulator.partner_center.faults.fault_types import Fault, Trickle, Truncate
from bot.simulator.partner_center.refusal_answers import JSON
from bot.simulator.partner_center.wire.encoded_bodies import encoded, send

Sleep = Callable[[float], Awaitable[None]]
"""Waits for this many seconds."""


async def deliver(
    request: web.Request,
    body: bytes,
    faults: Iterable[Fault],
    headers: Mapping[str, str],
    sleep: Sleep,
) -> web.StreamResponse:
    """Return a 200 with `body`, complete unless a fault says otherwise.

    `sleep` waits for the seconds between two pieces.
    """
    sent, coding = await encoded(request.headers, body)
    headers = {**headers, **coding, "Content-Type": JSON}
    for fault in faults:
        if isinstance(fault, Truncate):
            return await _truncated(request, sent, fault, headers)
        if isinstance(fault, Trickle):
            return await _trickled(request, sent, fault, headers, sleep)
    return await send(request, sent, headers)


def reset(request: web.Request) -> web.StreamResponse:
    """Reset the connection, so that the other side does not see a normal end."""
    transport = request.transport
    if transport is not None:
        handle = transport.get_extra_info("socket")
        handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()


async def _truncated(
    request: web.Request, body: bytes, fault: Truncate, headers: Mapping[str, str]
) -> web.StreamResponse:
    response = web.StreamResponse(headers=headers)
    if fault.chunked:
        response.enable_chunked_encoding()
    else:
        response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: int(len(body) * fault.part)])
    if request.transport is not None:
        request.transport.close()
    return response


async def _trickled(
    request: web.Request,
    body: bytes,
    fault: Trickle,
    headers: Mapping[str, str],
    sleep: Sleep,
) -> web.StreamResponse:
    response = web.StreamResponse(headers={**headers, "Content-Length": str(len(body))})
    await response.prepare(request)
    size = max(1, -(-len(body) // fault.chunks))
    try:
        for start in range(0, len(body), size):
            await sleep(fault.seconds)
            await response.write(body[start : start + size])
        await response.write_eof()
    except ConnectionError:
        pass  # the caller has stopped waiting
    return response
