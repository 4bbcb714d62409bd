"""What the headers of a program's request must say. Pure.

https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http
"""

import base64
import binascii
from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.domain.loopback import is_loopback
from bot.mcp.json_rpc import (
    HEADER_MISMATCH,
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    UNSUPPORTED_VERSION,
    McpError,
    Request,
)
from bot.mcp.protocol_version import INITIALIZED, STATELESS, VERSION_KEY, unsupported

VERSION_HEADER, METHOD_HEADER, NAME_HEADER = "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name"
# The parameter that the name header repeats.
_NAMED = {"tools/call": "name", "resources/read": "uri"}
_STATUSES = {
    PARSE_ERROR: 400, INVALID_REQUEST: 400, INVALID_PARAMS: 400, HEADER_MISMATCH: 400, UNSUPPORTED_VERSION: 400,
    METHOD_NOT_FOUND: 404,
}  # fmt: skip


def is_own_host(host: str, public_url: str) -> bool:
    """Return True if `host`, a Host header, names the bot or this machine.

    A page of another site that had its own name lead to this machine would send that name.
    """
    if not host.isascii() or not set(host).isdisjoint("@/?#\\"):
        return False
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:  # half an IPv6 address
        return False
    return name is not None and (name == urlsplit(public_url).hostname or is_loopback(name))


def is_own_origin(origin: str | None, public_url: str) -> bool:
    """Return True if no page of another site sent the request.

    Programs that are no browser send no origin.
    """
    return origin is None or origin.rstrip("/") == _origin(public_url)


def accepts_json(accept: str) -> bool:
    """Return True if the answer may be JSON. No header accepts everything."""
    kinds = {each.partition(";")[0].strip().lower() for each in accept.split(",")}
    return not accept.strip() or bool(kinds & {"application/json", "application/*", "*/*"})


def check_version(headers: Mapping[str, str], request: Request) -> None:
    """Raise McpError if the headers name another revision or request than the body."""
    version = headers.get(VERSION_HEADER)
    meta = request.params.get("_meta")
    declared = meta.get(VERSION_KEY) if isinstance(meta, Mapping) else None
    if request.method == "initialize":
        return
    if declared is None:
        if version in STATELESS:
            raise McpError(INVALID_PARAMS, f"params._meta needs {VERSION_KEY}.")
        if version is not None and version not in INITIALIZED:
            raise unsupported(version)
        return
    if version != declared:
        raise _mismatch(VERSION_HEADER)
    if headers.get(METHOD_HEADER) != request.method:
        raise _mismatch(METHOD_HEADER)
    name = _NAMED.get(request.method)
    if name is not None and request.params.get(name) != _decoded(headers.get(NAME_HEADER)):
        raise _mismatch(NAME_HEADER)


def status_of(request: Request, answer: Mapping[str, object]) -> int:
    """Return the status of an answer.

    Up to 2025-11-25, an error of the protocol is an answer like another.
    """
    error, meta = answer.get("error"), request.params.get("_meta")
    if not isinstance(error, Mapping) or not isinstance(meta, Mapping) or VERSION_KEY not in meta:
        return 200
    return _STATUSES.get(error["code"], 200)


def _mismatch(header: str) -> McpError:
    return McpError(HEADER_MISMATCH, f"The header {header} does not say what the body says.")


def _decoded(value: str | None) -> str | None:
    """Return a header's value, which is in base64 if it has other letters than those of ASCII."""
    if value is None or not (value.startswith("=?base64?") and value.endswith("?=")):
        return value
    try:
        return base64.b64decode(value[9:-2], validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
