"""JSON-RPC 2.0 as the Model Context Protocol uses it, without batches. Pure.

https://modelcontextprotocol.io/specification/2025-06-18/basic
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from bot.errors import UsageBotError

JsonObject = dict[str, Any]
Identity = str | int

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
# https://modelcontextprotocol.io/specification/2026-07-28/basic
HEADER_MISMATCH = -32020
UNSUPPORTED_VERSION = -32022

LONGEST_ID = 200  # characters


class McpError(UsageBotError):
    """A request is answered with an error. `code` is one of JSON-RPC or MCP."""

    def __init__(self, code: int, message: str, data: JsonObject | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.data = data


@dataclass(frozen=True, slots=True)
class Request:
    """A message that is answered. `params` is empty if there are none."""

    id: Identity
    method: str
    params: JsonObject


@dataclass(frozen=True, slots=True)
class Notification:
    """A message that is not answered."""

    method: str
    params: JsonObject


@dataclass(frozen=True, slots=True)
class Reply:
    """The client's answer to a request. This server sends no request."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """What is no message.

    `id` is that of the request, None if it has none that can be repeated.
    """

    code: int
    message: str
    id: Identity | None = None


Message = Request | Notification | Reply | Malformed


def read_message(data: bytes) -> Message:
    """Return the message in `data`. Total: any bytes give one."""
    try:
        decoded = msgspec.json.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeError, ValueError):
        return Malformed(PARSE_ERROR, "This is not JSON.")
    if not isinstance(decoded, dict):
        return Malformed(INVALID_REQUEST, "A message is one JSON object. Batches are not supported.")
    return _message(decoded)


def _message(decoded: JsonObject) -> Message:
    identity, method = decoded.get("id"), decoded.get("method")
    known = identity if _is_identity(identity) else None
    if decoded.get("jsonrpc") != "2.0":
        return Malformed(INVALID_REQUEST, 'A message has "jsonrpc": "2.0".', known)
    if "method" not in decoded and ("result" in decoded or "error" in decoded):
        return Reply()
    params = decoded.get("params", {})
    if not isinstance(method, str) or not isinstance(params, dict):
        return Malformed(INVALID_REQUEST, "A message has a method, and params that are an object.", known)
    if "id" not in decoded:
        return Notification(method, params)
    if known is None:
        return Malformed(INVALID_REQUEST, f"An id is an integer, or a text of at most {LONGEST_ID} characters.")
    return Request(known, method, params)


def _is_identity(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST_ID
    return isinstance(value, int) and not isinstance(value, bool)


def result_message(identity: Identity, result: JsonObject) -> JsonObject:
    """Return the answer to a request."""
    return {"jsonrpc": "2.0", "id": identity, "result": result}


def error_message(identity: Identity | None, code: int, message: str, data: JsonObject | None = None) -> JsonObject:
    """Return the answer that refuses a request."""
    error: JsonObject = {"code": code, "message": message}
    return {"jsonrpc": "2.0", "id": identity, "error": error if data is None else error | {"data": data}}


def written(message: JsonObject) -> bytes:
    """Return a message as one line of JSON, without the end of the line."""
    return msgspec.json.encode(message)
