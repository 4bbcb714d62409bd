"""One HTTP connection with deadlines, counted among the others.

aiohttp has no deadline for the head of a request, and its default for idle connections is an hour:
https://docs.aiohttp.org/en/stable/web_reference.html#aiohttp.web.AppRunner
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web

from bot.web.open_connections import Admission, OpenConnections, Stage
from bot.web.security_headers import SERVER

log = structlog.get_logger(__name__)

HEALTH_PATHS = frozenset({"/livez", "/healthz"})
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class GuardedHandler(web.RequestHandler):
    """aiohttp's handler of one connection.

    The connection ends when its deadline passes or its place is needed.
    """

    __slots__ = ("_admission", "_connections", "_deadline", "peer", "stage")

    def __init__(self, manager: web.Server, connections: OpenConnections, **options: Any) -> None:
        super().__init__(manager, **options)
        self._connections = connections
        self._deadline: asyncio.TimerHandle | None = None
        self._admission = Admission.CLOSED
        self.peer = ""
        self.stage = Stage.HEAD

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take part in the count, or end at once."""
        super().connection_made(transport)
        name = transport.get_extra_info("peername")
        self.peer = str(name[0]) if isinstance(name, tuple) else ""
        self._admission = self._connections.open(self)
        if self._admission is Admission.CLOSED:
            self.abandon()
        else:
            self._wait(self._connections.limits.head_seconds)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Make room."""
        self._stop_waiting()
        self._connections.close(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; the first bytes of the next request start a deadline."""
        if self.stage is Stage.NEXT:
            self._move(Stage.HEAD, self._connections.limits.head_seconds)
        super().data_received(data)

    def begin(self, path: str) -> bool:
        """Note that a request has its head. Returns whether it may be answered."""
        self._move(Stage.ANSWER, None)
        return self._admission is Admission.FULL or path in HEALTH_PATHS

    def end(self) -> None:
        """Note that a request has its answer."""
        self._move(Stage.NEXT, self._connections.limits.idle_seconds)

    def abandon(self) -> None:
        """End the connection silently: the other side may not even read."""
        self._stop_waiting()
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """Answer what is not HTTP, without a stack trace in the log."""
        if status < web.HTTPInternalServerError.status_code:
            log.debug("malformed_http", status=status, problem=type(exc).__name__)
            response: web.StreamResponse = web.Response(status=status, text="This is not a valid HTTP request.\n")
            response.force_close()
        else:
            response = super().handle_error(request, status, exc, message)
        response.headers["Server"] = SERVER
        return response

    def _move(self, stage: Stage, seconds: float | None) -> None:
        self._stop_waiting()
        self.stage = stage
        self._connections.move(self, stage)
        if seconds is not None:
            self._wait(seconds)

    def _wait(self, seconds: float) -> None:
        self._deadline = asyncio.get_running_loop().call_later(seconds, self.abandon)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


@web.middleware
async def counted(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Report the begin and the end of a request to its connection.

    Beyond the limit of connections, only questions about the bot's health are answered.
    """
    connection = request.protocol
    if not isinstance(connection, GuardedHandler):
        return await handler(request)
    if not connection.begin(request.path):
        busy = web.Response(status=503, text="Too many connections. Try again.\n", headers={"Retry-After": "5"})
        busy.force_close()
        return busy
    try:
        return await handler(request)
    finally:
        connection.end()
