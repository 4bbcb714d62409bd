"""Tests of the protocol on a pair of byte streams."""

import asyncio
import io

import pytest

from bot.mcp.mcp_server import McpServer
from bot.mcp.stdio_transport import StdioTransport
from bot.mcp.tool_calls import Asker

PING = b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n'


class Breaking(io.BytesIO):
    """A stream that cannot be read any more after its content."""

    def __init__(self, content: bytes, error: Exception) -> None:
        super().__init__(content)
        self._error = error

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        if not line:
            raise self._error
        return line


async def asking() -> Asker:
    raise AssertionError("a ping needs no person")


@pytest.mark.parametrize("error", [OSError("broken"), ValueError("closed")], ids=repr)
async def test_a_stream_that_breaks_off_ends_and_what_was_asked_is_answered(error: Exception) -> None:
    answers = io.BytesIO()
    transport = StdioTransport(McpServer(10), asking, Breaking(PING, error), answers)
    async with asyncio.timeout(30):
        await transport.run()
    assert b'"id":1' in answers.getvalue()
