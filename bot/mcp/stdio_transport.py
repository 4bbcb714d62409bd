"""The protocol on a pair of byte streams: a message a line.

The streams are blocking files, used in threads.

https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio
"""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import BinaryIO

import structlog

from bot.mcp.json_rpc import (
    INVALID_REQUEST,
    PARSE_ERROR,
    Identity,
    JsonObject,
    Malformed,
    Notification,
    Request,
    error_message,
    read_message,
    written,
)
from bot.mcp.mcp_server import McpServer
from bot.mcp.tool_calls import Asking

log = structlog.get_logger(__name__)

LONGEST_LINE = 1_048_576  # bytes
MOST_AT_ONCE = 16  # requests
MOST_LINES = 64  # that wait to be read

CANCELLED = "notifications/cancelled"


class StdioTransport:
    """Answers the messages of one program, several at a time, until its stream ends."""

    def __init__(self, server: McpServer, asking: Asking, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self._server = server
        self._asking = asking
        self._incoming = incoming
        self._outgoing = outgoing
        self._writing = asyncio.Lock()
        self._running: dict[tuple[type[Identity], Identity], asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Serve until the end of the incoming stream, and answer what is running then.

        Raises OSError if the answers cannot be written.
        """
        try:
            async for line in self._lines():
                await self._take(line)
            await self._settled()
        finally:
            for task in self._running.values():
                task.cancel()
            await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def _settled(self) -> None:
        """Wait for what is running: who closes the stream at once still reads its answers."""
        if self._running:
            await asyncio.gather(*self._running.values())

    async def _take(self, line: bytes | None) -> None:
        if line is None:
            await self._write(error_message(None, PARSE_ERROR, f"A line has at most {LONGEST_LINE} bytes."))
            return
        if not line.strip():
            return
        message = read_message(line)
        if isinstance(message, Malformed):
            await self._write(await self._server.answer(message, self._asking))
        elif isinstance(message, Request):
            await self._begin(message)
        elif isinstance(message, Notification) and message.method == CANCELLED:
            self._cancel(message.params.get("requestId"))

    async def _begin(self, request: Request) -> None:
        key = (type(request.id), request.id)
        if key in self._running:
            await self._write(error_message(None, INVALID_REQUEST, "A request with this id is running."))
            return
        while len(self._running) >= MOST_AT_ONCE:
            await asyncio.wait(self._running.values(), return_when=asyncio.FIRST_COMPLETED)
        task = asyncio.create_task(self._answer(request), name="mcp request")
        self._running[key] = task
        task.add_done_callback(lambda _: self._running.pop(key, None))

    async def _answer(self, request: Request) -> None:
        answered = await self._server.answer(request, self._asking)
        with suppress(BrokenPipeError):  # the program has gone; its stream ends too
            await self._write(answered)

    def _cancel(self, identity: object) -> None:
        """Cancel a request, which is then not answered. `initialize` is over before it can be cancelled."""
        if isinstance(identity, str | int) and (task := self._running.get((type(identity), identity))) is not None:
            task.cancel()

    async def _write(self, message: JsonObject) -> None:
        async with self._writing:
            await asyncio.to_thread(self._put, written(message) + b"\n")

    def _put(self, line: bytes) -> None:
        self._outgoing.write(line)
        self._outgoing.flush()

    async def _lines(self) -> AsyncIterator[bytes | None]:
        """Yield the lines, and None for one that is too long."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Queue[tuple[bytes | None] | None] = asyncio.Queue(MOST_LINES)

        def read() -> None:
            with suppress(RuntimeError):  # the loop is closed
                try:
                    while (line := _line(self._incoming)) != b"":
                        asyncio.run_coroutine_threadsafe(waiting.put((line,)), loop).result()
                except (ValueError, OSError) as error:  # the stream is closed or broken: that is its end
                    log.warning("mcp_input_broken", problem=type(error).__name__)
                asyncio.run_coroutine_threadsafe(waiting.put(None), loop).result()

        # A daemon: nothing can wake a thread that reads from a terminal.
        threading.Thread(target=read, name="usagebot-stdin", daemon=True).start()
        while (found := await waiting.get()) is not None:
            yield found[0]


def _line(stream: BinaryIO) -> bytes | None:
    """Return the next line, b"" at the end, None for one that is too long."""
    line = stream.readline(LONGEST_LINE + 1)
    if len(line) <= LONGEST_LINE or line.endswith(b"\n"):
        return line
    while line and not line.endswith(b"\n"):
        line = stream.readline(LONGEST_LINE)
    return None
