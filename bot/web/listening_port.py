"""Serve an application on a port, with limits for what strangers may hold."""

import asyncio
import os
import resource
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import AddressInUseError
from bot.web.connection_limits import ConnectionLimits
from bot.web.guarded_handler import GuardedHandler
from bot.web.open_connections import OpenConnections

# asyncio accepts as many connections at once before any protocol is called, so the limits hold only if they are few.
ACCEPTED_AT_ONCE = 16
# What the kernel holds until it is accepted: in a burst of connections no caller has to connect again.
WAITING = 1024


@asynccontextmanager
async def listening(
    app: web.Application, host: str, port: int, *, close_seconds: float, limits: ConnectionLimits | None = None
) -> AsyncIterator[int]:
    """Serve `app` as long as the context lasts, and yield the port.

    Port 0 takes a free one. Requests in progress get `close_seconds` at the end. Raises AddressInUseError if the port
    is taken.
    """
    limits = limits or ConnectionLimits.of_descriptors(_descriptors())
    # An access log would repeat what Teams sent; the endpoint logs the requests that it refuses.
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=close_seconds)
    server: asyncio.Server | None = None
    try:
        await runner.setup()
        try:
            server = await _server(runner, limits, host, port)
        except OSError as error:
            raise AddressInUseError(host, port) from error
        yield int(server.sockets[0].getsockname()[1])
    finally:
        if server is not None:
            server.close()
        await runner.cleanup()


async def _server(runner: web.AppRunner, limits: ConnectionLimits, host: str, port: int) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    connections = OpenConnections(limits)
    manager = runner.server
    if manager is None:
        raise RuntimeError("the application is not set up")

    def connection() -> GuardedHandler:
        # The handler's own deadlines come first.
        idle = limits.idle_seconds + limits.head_seconds
        return GuardedHandler(manager, connections, loop=loop, access_log=None, keepalive_timeout=idle)

    server = await loop.create_server(connection, host, port, backlog=ACCEPTED_AT_ONCE)
    for listener in server.sockets:
        with socket.socket(fileno=os.dup(listener.fileno())) as same:
            same.listen(WAITING)
    return server


def _descriptors() -> int:
    """Return how many files and sockets this process may hold."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return soft if soft != resource.RLIM_INFINITY else 2**20
