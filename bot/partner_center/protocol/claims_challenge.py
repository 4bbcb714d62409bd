"""Read the challenge by which a resource asks for another sign-in. Pure.

`WWW-Authenticate: Bearer … error="insufficient_claims", claims="<JSON in base64>"`, with 401, and with 403 where a
policy asks for more: https://learn.microsoft.com/en-us/entra/identity-platform/claims-challenge
The challenge comes from a server, so everything in it is checked before it goes into a request.
"""

import re
from base64 import b64decode, urlsafe_b64decode
from binascii import Error
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

LONGEST = 2_000  # characters of the claims; they go into the address of the sign-in page
_PARAMETER = re.compile(r'([\w-]{1,40})\s*=\s*"((?:[^"\\]|\\.){0,8000})"', re.ASCII)
MOST_DEMANDS, LONGEST_DEMAND = 5, 120  # claims, and characters of the line that names them
_INSUFFICIENT = "insufficient_claims"
_STRANGE = re.compile(r"[^\w.:/=-]+", re.ASCII)
_ESCAPED = re.compile(r"\\(.)")


def challenged_claims(status: int, headers: Mapping[str, str]) -> str | None:
    """Return the claims that the next sign-in has to carry, as JSON.

    None if there is no readable challenge.
    `headers` have names in lower case.
    """
    if status not in (401, 403):
        return None
    parameters = {name.lower(): value for name, value in _PARAMETER.findall(headers.get("www-authenticate", ""))}
    if parameters.get("error", "").strip() != _INSUFFICIENT:
        return None
    typed = _ESCAPED.sub(r"\1", parameters.get("claims", ""))
    return next(filter(None, (_read(typed, decode) for decode in (_plain, b64decode, urlsafe_b64decode))), None)


def demand_of(claims: str) -> str:
    """Return in one short line what `claims` ask for, like "acrs=c1".

    People forward it, so characters that no claim needs are replaced. "" if nothing can be read.
    """
    try:
        asked = msgspec.json.decode(claims)
    except (msgspec.DecodeError, RecursionError):
        return ""
    tokens = [names for names in asked.values() if isinstance(names, dict)] if isinstance(asked, dict) else []
    found = [_demand(str(name), demand) for names in tokens for name, demand in names.items()]
    return ", ".join(found[:MOST_DEMANDS])[:LONGEST_DEMAND]


def _demand(name: str, demand: Any) -> str:
    members = demand if isinstance(demand, dict) else {}
    listed = members.get("values")
    values = [members.get("value"), *(listed if isinstance(listed, list) else ())]
    told = "/".join(str(value)[:LONGEST_DEMAND] for value in values if isinstance(value, str | int))
    return _STRANGE.sub("_", f"{name[:LONGEST_DEMAND]}={told}" if told else name[:LONGEST_DEMAND])


def _plain(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _read(typed: str, decode: Callable[[str], bytes]) -> str | None:
    """Return the claims as JSON in one line; None if these are none."""
    try:
        claims = msgspec.json.decode(decode(typed + "=" * (-len(typed) % 4) if decode is not _plain else typed))
    except (msgspec.DecodeError, Error, ValueError, RecursionError):
        return None
    if not isinstance(claims, dict) or not claims:
        return None
    text = msgspec.json.encode(claims).decode()
    return text if len(text) <= LONGEST else None
