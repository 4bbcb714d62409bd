"""Tests of `usagebot mcp` as a process, with the protocol's own client."""

import asyncio
import json
import sys
from collections.abc import Callable
from typing import Any

import pytest
from mcp import Client, MCPError, StdioServerParameters

from tests.e2e.cli.conftest import environment

COMMAND = (sys.executable, "-m", "bot", "mcp", "--demo")
QUESTION = "usage for TEST COMPANY on Exchange"
SECONDS = 240
MODES = pytest.mark.parametrize("mode", ["legacy", "2026-07-28", "auto"])


def client(mode: str) -> Client:
    started = StdioServerParameters(command=COMMAND[0], args=list(COMMAND[1:]), env=environment())
    return Client(started, mode=mode, read_timeout_seconds=SECONDS)


@MODES
async def test_the_official_client_lists_asks_and_reads(mode: str) -> None:
    async with client(mode) as usagebot:
        tools = (await usagebot.list_tools()).tools
        assert [each.name for each in tools] == ["ask", "run_command", "explain", "find_names"]
        answered = await usagebot.call_tool("ask", {"sentence": QUESTION})
        assert not answered.is_error
        assert answered.structured_content["rows"][0]["customer"] == "TEST COMPANY"
        assert json.loads(answered.content[1].text) == answered.structured_content
        document = (await usagebot.call_tool("explain", {"sentence": QUESTION})).structured_content["command"]
        again = await usagebot.call_tool("run_command", {"command": document})
        assert again.structured_content == answered.structured_content
        for resource in (await usagebot.list_resources()).resources:
            assert (await usagebot.read_resource(resource.uri)).contents[0].text


@MODES
async def test_the_official_client_is_refused_what_changes_something(mode: str) -> None:
    async with client(mode) as usagebot:
        for sentence in ("forget me", "sign out", "language nl", "stop all digests", f"export {QUESTION}"):
            refused = await usagebot.call_tool("ask", {"sentence": sentence})
            assert refused.is_error
            assert refused.structured_content["problem"] in {"read_only", "rows_not_files"}
        with pytest.raises(MCPError):
            await usagebot.call_tool("forget_me", {})


@MODES
async def test_many_requests_at_once_are_each_answered(mode: str) -> None:
    async with client(mode) as usagebot:
        sentences = [f"top {count} by customer on Teams" for count in range(1, 41)]
        answers = await asyncio.gather(*(usagebot.call_tool("explain", {"sentence": each}) for each in sentences))
        assert [each.structured_content["command"]["order"]["top"] for each in answers] == list(range(1, 41))


@pytest.fixture
async def piped() -> Callable[..., Any]:
    async def run(*lines: bytes, arguments: tuple[str, ...] = COMMAND, **changes: str) -> tuple[list[Any], bytes, int]:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *arguments, stdin=pipe, stdout=pipe, stderr=pipe, env=environment(**changes)
        )
        async with asyncio.timeout(SECONDS):
            out, err = await process.communicate(b"".join(line + b"\n" for line in lines))
        return [json.loads(line) for line in out.splitlines()], err, process.returncode or 0

    return run


def line(method: str, identity: int | None = None, **params: Any) -> bytes:
    message: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
    return json.dumps(message if identity is None else message | {"id": identity}).encode()


async def test_the_end_of_the_input_ends_the_process_after_the_answers(piped: Any) -> None:
    answers, err, code = await piped(
        line("initialize", 1, protocolVersion="2025-06-18"),
        line("notifications/initialized"),
        line("tools/call", 2, name="ask", arguments={"sentence": QUESTION}),
    )
    assert {each["id"] for each in answers} == {1, 2}
    assert (code, err) == (0, b"")


async def test_hostile_lines_are_refused_and_the_next_is_answered(piped: Any) -> None:
    answers, err, code = await piped(
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[" + line("ping", 1) + b"]",
        b'{"jsonrpc": "2.0", "id": 1, "result": {}}',
        b"x" * 3_000_000,
        line("ping", 2),
    )
    assert [each["error"]["code"] for each in answers[:-1]] == [-32700, -32700, -32700, -32600, -32700]
    assert answers[-1] == {"jsonrpc": "2.0", "id": 2, "result": {}}
    assert (code, err) == (0, b"")


async def test_a_cancelled_request_is_not_answered(piped: Any) -> None:
    answers, err, code = await piped(
        line("tools/call", 1, name="ask", arguments={"sentence": QUESTION}),
        line("notifications/cancelled", requestId=1),
        line("ping", 2),
    )
    assert [each["id"] for each in answers] == [2]
    assert (code, err) == (0, b"")


async def test_without_anything_to_sign_in_with_it_says_so(piped: Any) -> None:
    answers, err, code = await piped(line("ping", 1), arguments=COMMAND[:-1])
    assert (answers, code) == ([], 1)
    assert err.startswith(b"usagebot: USAGEBOT_APP_ID: is not set.")
    assert b"Traceback" not in err
