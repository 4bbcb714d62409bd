"""Any message gets an answer of the protocol, and none ends the server."""

import asyncio
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotSignedInError
from bot.mcp.json_rpc import Malformed, Request, read_message, written
from bot.mcp.mcp_server import McpServer
from bot.mcp.protocol_version import CAPABILITIES_KEY, STATELESS, VERSION_KEY
from bot.mcp.tool_calls import Asker
from bot.mcp.tools import BY_NAME

SERVER = McpServer(1.0)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
METHODS = st.sampled_from(
    ["initialize", "ping", "server/discover", "tools/list", "tools/call", "resources/read", "resources/list", "x"]
)
MODERN = {"_meta": {VERSION_KEY: STATELESS[0], CAPABILITIES_KEY: {}}}
CALLS = st.fixed_dictionaries(
    {"name": st.sampled_from([*BY_NAME, "", "forget_me"]), "arguments": ANY},
    optional={"_meta": st.just(MODERN["_meta"])},
)


async def nobody() -> Asker:
    raise NotSignedInError("nobody is signed in")


def answered(data: bytes) -> dict[str, Any] | None:
    message = read_message(data)
    if not isinstance(message, Request | Malformed):
        return None
    answer: dict[str, Any] = json.loads(written(asyncio.run(SERVER.answer(message, nobody))))
    assert answer["jsonrpc"] == "2.0"
    assert ("result" in answer) is not ("error" in answer)
    return answer


@given(st.binary(max_size=200))
def test_any_bytes_are_answered_or_are_no_request(data: bytes) -> None:
    answer = answered(data)
    assert answer is None or answer["error"]["code"] in {-32700, -32600}


@given(METHODS, ANY, ANY)
def test_any_request_is_answered_with_its_own_id(method: str, identity: Any, params: Any) -> None:
    answer = answered(
        json.dumps({"jsonrpc": "2.0", "id": identity, "method": method, "params": params}).encode("utf-8", "replace")
    )
    assert answer is not None
    assert answer["id"] in (identity, None)


@given(CALLS)
def test_any_call_of_a_tool_is_answered(params: Any) -> None:
    answer = answered(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}).encode())
    assert answer is not None
    assert answer["id"] == 1
    if "result" in answer:
        assert answer["result"]["isError"] is True
        assert answer["result"]["structuredContent"]["kind"] in {"error", "invalid"}
