"""Explain in one line why npm could not start a package. Pure."""

import re
from collections.abc import Sequence

# The codes that npm prints when it cannot install a package: https://docs.npmjs.com/common-errors
_REASONS = {
    "ENOTFOUND": "no network: the npm registry's name was not found",
    "EAI_AGAIN": "no network: the npm registry's name was not found",
    "ECONNREFUSED": "no network: the npm registry refused the connection",
    "ECONNRESET": "no network: the connection to the npm registry broke",
    "ETIMEDOUT": "no network: the npm registry did not answer",
    "ERR_SOCKET_TIMEOUT": "no network: the npm registry did not answer",
    "ENETUNREACH": "no network: the npm registry cannot be reached",
    "E404": "the npm registry does not have it",
    "ETARGET": "the npm registry does not have this version",
    "E401": "the npm registry asks for a login",
    "E403": "the npm registry refuses it",
    "ENOSPC": "the disk is full",
    "EACCES": "npm may not write to its folder",
    "EROFS": "npm may not write to its folder",
}


def reason(printed: Sequence[str]) -> str:
    """Return one line of what npm or the Playground printed before it ended."""
    for line in printed:
        code = re.search(r"\b(?:code|errno)\s+(E[A-Z0-9_]+)\b", line)
        if code:
            return _REASONS.get(code[1], f"npm failed with {code[1]}")
    last = next((line.strip() for line in reversed(printed) if line.strip()), "")
    return f"it ended by itself: {last[:160]}" if last else "it ended by itself and printed nothing"
