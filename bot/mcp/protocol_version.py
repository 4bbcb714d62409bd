"""The revisions of the protocol, and which one a request speaks. Pure.

Up to 2025-11-25 a client begins with `initialize`. From 2026-07-28 on there is no such beginning: each request says
in `_meta` which revision it speaks. Nothing is kept between requests in either case.
https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle
https://modelcontextprotocol.io/specification/2026-07-28/basic
"""

from collections.abc import Mapping

from bot.mcp.json_rpc import INVALID_PARAMS, UNSUPPORTED_VERSION, JsonObject, McpError, Request

INITIALIZED = ("2025-06-18", "2025-11-25")
STATELESS = ("2026-07-28",)
SUPPORTED = (*INITIALIZED, *STATELESS)

VERSION_KEY = "io.modelcontextprotocol/protocolVersion"
CAPABILITIES_KEY = "io.modelcontextprotocol/clientCapabilities"
SERVER_KEY = "io.modelcontextprotocol/serverInfo"


def negotiated(requested: object) -> str:
    """Return the revision that `initialize` is answered with.

    It is the requested one, else the newest of its kind.
    """
    return requested if isinstance(requested, str) and requested in INITIALIZED else INITIALIZED[-1]


def is_stateless(request: Request) -> bool:
    """Return True if the request says itself which revision it speaks.

    Raises McpError if it says so in part, or names a revision that is not supported.
    """
    meta = request.params.get("_meta")
    if request.method == "initialize" or not isinstance(meta, Mapping) or VERSION_KEY not in meta:
        return False
    version = meta[VERSION_KEY]
    if not isinstance(version, str) or CAPABILITIES_KEY not in meta:
        raise McpError(INVALID_PARAMS, f"params._meta needs {VERSION_KEY} and {CAPABILITIES_KEY}.")
    if version not in STATELESS:
        raise unsupported(version, STATELESS)
    return True


def unsupported(version: str, supported: tuple[str, ...] = SUPPORTED) -> McpError:
    """Return the error for a revision that is not supported."""
    data: JsonObject = {"supported": list(supported), "requested": version[:100]}
    return McpError(UNSUPPORTED_VERSION, "Unsupported protocol version", data)
