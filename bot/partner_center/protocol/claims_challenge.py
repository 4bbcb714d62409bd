"""Read the challenge by which a resource asks for another sign-in. Pure.

`WWW-Authenticate: Bearer … error="insufficient_claims", claims="<JSON in base64>"`, with 401, and with 403 where a
policy asks for more: https://learn.microsoft.com/en-us/entra/identity-platform/claims-challenge
An answer may have several challenges, in one header or in more; each has an error and claims of its own:
https://www.rfc-editor.org/rfc/rfc9110#name-www-authenticate
The challenge comes from a server, so everything in it is checked before it goes into a request.
"""

import codecs
import re
from base64 import b64decode, urlsafe_b64decode
from binascii import Error
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

LONGEST = 2_000  # characters of the claims; they go into the address of the sign-in page
MOST_DEMANDS, LONGEST_DEMAND = 5, 120  # claims, and characters of the line that names them
_HEADER = "www-authenticate"
# The first parameter of a challenge follows the name of its scheme. Values should be quoted, and not all are.
_PARAMETER = re.compile(
    r"""(?:([\w-]{1,40})[ \t]+)?([\w-]{1,40})\s*=\s*(?:"((?:[^"\\]|\\.){0,8000})"|([^\s,"]{1,8000}))""", re.ASCII
)
_INSUFFICIENT = "insufficient_claims"
_STRANGE = re.compile(r"[^\w.:/=-]+", re.ASCII)
_ESCAPED = re.compile(r"\\(.)")
_NEXT_HEADER = re.compile(r"\n(?![ \t])")  # a line that begins with a blank continues the one before


def answer_headers(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the headers of an answer, with names in lower case.

    The last one of a name counts, but every challenge does: those are joined by line breaks.
    """
    found: dict[str, str] = {}
    for name, value in pairs:
        key = name.lower()
        found[key] = f"{found[key]}\n{value}" if key == _HEADER and key in found else value
    return found


def challenged_claims(status: int, headers: Mapping[str, str]) -> str | None:
    """Return the claims that the next sign-in has to carry, as JSON.

    None if there is no readable challenge. `headers` are those of `answer_headers`.
    """
    if status not in (401, 403):
        return None
    found = (
        _read(challenge.get("claims", ""), decode)
        for challenge in _challenges(headers.get(_HEADER, ""))
        if challenge.get("error", "").strip().casefold() == _INSUFFICIENT
        for decode in (_plain, b64decode, urlsafe_b64decode)
    )
    return next(filter(None, found), None)


def _challenges(text: str) -> Iterator[dict[str, str]]:
    """Yield the parameters of each challenge, with names in lower case. The first one of a name counts."""
    for header in _NEXT_HEADER.split(text):
        parameters: dict[str, str] = {}
        for scheme, name, quoted, bare in _PARAMETER.findall(header):
            if scheme and parameters:
                yield parameters
                parameters = {}
            parameters.setdefault(name.lower(), _ESCAPED.sub(r"\1", quoted) or bare.strip("'"))
        yield parameters


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
        content = decode(typed if decode is _plain else typed + "=" * (-len(typed) % 4))
        claims = msgspec.json.decode(content.removeprefix(codecs.BOM_UTF8))
    except (msgspec.DecodeError, Error, ValueError, RecursionError):
        return None
    if not isinstance(claims, dict) or not claims:
        return None
    text = msgspec.json.encode(claims).decode()
    return text if len(text) <= LONGEST else None
