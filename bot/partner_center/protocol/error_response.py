"""An answer other than 200 -> the error it means. Pure.

The table is in `answer_meanings`.

It accepts any status, headers and bytes. Four shapes of error bodies are known: `code` (text or number) with
`description`; `statusCode` with `message`; `error`; plain text.
https://learn.microsoft.com/en-us/partner-center/developer/error-codes
"""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from bot.errors import (
    AccessDeniedError,
    ClaimsChallengeError,
    EndpointMissingError,
    FactorNotPassedOnError,
    GatewayRefusedError,
    MfaRequiredError,
    PageNotFoundError,
    PartnerCenterError,
    StillChallengedError,
    TokenRefusedError,
)
from bot.partner_center.protocol.answer_meanings import CODES, meaning_of
from bot.partner_center.protocol.claims_challenge import challenged_claims, demand_of

# Microsoft's page allows 1,024 characters for a description. The first 300 are enough to understand it.
DESCRIPTION_LIMIT = 300

# https://github.com/microsoft/Partner-Center-PowerShell/issues/76
_NO_DATA = "does not have usage data"

_CODE_IN_TEXT = re.compile(r"\((\d{4,6})\)", re.ASCII)
_TITLE = re.compile(r"(?is)^\s*<(?:!doctype|html|\?xml).*?<title>\s*([^<]*[^<\s])\s*</title>")
_PAGE = re.compile(r"(?i)\s*<(?:!doctype|html|\?xml)")
_BEARER = re.compile(r"(?i)bearer\s+\S+|\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?", re.ASCII)
_ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ErrorResponse:
    """Status, headers (names in lower case) and the beginning of the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """The code and the description of an error body.

    `page`: it is a page for people. `nested`: they are inside of `error`, as a gateway writes them.
    """

    code: str | None
    description: str
    page: bool = False
    nested: bool = False


def failure(response: ErrorResponse, *, sent: str, secret: str, retry_after: float | None) -> PartnerCenterError:
    """Return the error that an answer other than 200 means.

    `sent` is the correlation id that the bot sent; it is used if the answer has none. `secret` is the access token. It
    is removed from the message, even if the answer repeats the request. `retry_after` is in seconds.
    """
    claims = challenged_claims(response.status, response.headers)
    fault = read_fault(response.body.replace(secret.encode(), b"(token)") if secret else response.body)
    kind = _kind(response, fault) if claims is None else ClaimsChallengeError
    status = f"{response.status} {fault.code}" if fault.code else str(response.status)
    error = kind(
        f"Partner Center answered {status}: {fault.description or 'nothing more'}",
        status=response.status,
        code=fault.code,
        correlation_id=correlation_of(response.headers, sent),
        retry_after=retry_after,
    )
    if isinstance(error, ClaimsChallengeError) and claims is not None:
        error.claims = claims
    return error


def refused_again(error: PartnerCenterError) -> PartnerCenterError:
    """Return the refusal of a person for whom another sign-in does not help."""
    kind = StillChallengedError if isinstance(error, ClaimsChallengeError) else FactorNotPassedOnError
    again = kind(error.problem, status=error.status, code=error.code, correlation_id=error.correlation_id)
    if isinstance(error, ClaimsChallengeError) and isinstance(again, StillChallengedError):
        again.claims, again.demand = error.claims, demand_of(error.claims)
    return again


def correlation_of(headers: Mapping[str, str], sent: str) -> str:
    """Return the correlation id for Microsoft's support.

    The answer's if it is well-formed, else `sent`. A gateway that answers in place of the service has a `request-id`.
    """
    found = (headers.get(name, "") for name in ("ms-correlationid", "request-id"))
    return next(filter(_ID.fullmatch, found), sent)


def second_factor_of(headers: Mapping[str, str]) -> bool | None:
    """Return whether the token was issued after a second factor (`isMfaCompliant`).

    None if the answer lacks it.
    """
    return {"true": True, "false": False}.get(headers.get("ismfacompliant", "").strip().casefold())


def says_no_data(response: ErrorResponse) -> bool:
    """Return True if an error only means "no rows".

    The older reports answer so for a customer without any.
    """
    return response.status in {400, 404} and _NO_DATA in read_fault(response.body).description.casefold()


def read_fault(body: bytes) -> ErrorBody:
    """Read code and description from a body in any of the four shapes.

    Of any other, quote the title if it is a page for people, or else the beginning.
    """
    text = body.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").strip()
    try:
        answer = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        answer = text
    if isinstance(answer, str):
        title = _TITLE.search(answer[:4096])
        page = _PAGE.match(answer) is not None
        answer = title[1] if title else answer
        return ErrorBody(_code_in(answer), _plain(answer), page=page)
    members = _members(answer)
    inner = _members(members.get("error"))
    description = _first(
        members.get("description"), members.get("message"), inner.get("message"), inner.get("description"),
        members.get("error_description"), members.get("error"),
    )  # fmt: skip
    code = _plain(_first(members.get("code"), inner.get("code"))) or _code_in(description)
    return ErrorBody(code[:64] or None if code else None, _plain(description), nested="code" in inner)


def _kind(response: ErrorResponse, fault: ErrorBody) -> type[PartnerCenterError]:
    kind = meaning_of(response.status, fault.code, fault.description)
    if kind is EndpointMissingError and fault.page:
        return PageNotFoundError
    foreign = fault.nested and fault.code not in CODES and "ms-correlationid" not in response.headers
    if kind is AccessDeniedError and foreign:
        return GatewayRefusedError
    # Without a code, the header says why the token was refused.
    return MfaRequiredError if kind is TokenRefusedError and second_factor_of(response.headers) is False else kind


def _members(value: Any) -> dict[str, Any]:
    return {str(key).casefold(): member for key, member in value.items()} if isinstance(value, dict) else {}


def _first(*values: Any) -> str:
    """Return the first value that is text or a number, as text; "" if there is none."""
    found = (str(value) for value in values if isinstance(value, str | int) and not isinstance(value, bool))
    return next((text for text in found if text), "")


def _code_in(text: str) -> str | None:
    found = _CODE_IN_TEXT.search(text[:4096])
    return found[1] if found else None


def _plain(text: str) -> str:
    """Return `text` as one line, without control characters and tokens.

    Anything that resembles a token is replaced.
    """
    line = "".join(char if char.isprintable() else " " for char in text[:4096])
    return " ".join(_BEARER.sub("(token)", line).split())[:DESCRIPTION_LIMIT]
