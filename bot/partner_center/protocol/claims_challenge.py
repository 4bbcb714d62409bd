"""Read the challenge by which a resource asks for another sign-in. Pure.

`WWW-Authenticate: Bearer … error="insufficient_claims", claims="<JSON in base64>"`, with 401, and with 403 where a
policy asks for more: https://learn.microsoft.com/en-us/entra/identity-platform/claims-challenge
The challenge comes from a server, so everything in it is checked before it goes into a request.
"""

import re
from base64 import b64decode, urlsafe_b64decode
from binascii import Error
from collections.abc import Callable, Mapping

import msgspec

LONGEST = 2_000  # characters of the claims; they go into the address of the sign-in page
_PARAMETER = re.compile(r'([\w-]{1,40})\s*=\s*"((?:[^"\\]|\\.){0,8000})"', re.ASCII)
_INSUFFICIENT = "insufficient_claims"
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
