"""An answer that is not 200 -> the error it stands for. Pure, and total: any status, headers and bytes.

Four shapes of error bodies are known: `code` (text or number) with `description`; `statusCode` with `message`; `error`;
plain text. https://learn.microsoft.com/en-us/partner-center/developer/error-codes
"""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from bot.errors import (
    AccessDeniedError,
    AppOnlyRefusedError,
    BadAnswerError,
    BadRequestError,
    ConditionalAccessError,
    EndpointMissingError,
    MfaRequiredError,
    NotYourCustomerError,
    PartnerCenterError,
    RoleMissingError,
    ServiceDownError,
    ThrottledError,
    TokenRefusedError,
)

# Descriptions have at most 1,024 characters by the page; the beginning says it.
DESCRIPTION_LIMIT = 300

_CODES: dict[tuple[int, str], type[PartnerCenterError]] = {
    (401, "900421"): MfaRequiredError,
    (401, "10001"): MfaRequiredError,
    (401, "800001"): AppOnlyRefusedError,
    (403, "900421"): MfaRequiredError,
    (403, "10001"): MfaRequiredError,
    (403, "20002"): NotYourCustomerError,
    (403, "900150"): RoleMissingError,
    (403, "900308"): RoleMissingError,
    (403, "900309"): ConditionalAccessError,
    (403, "900329"): AppOnlyRefusedError,
    (404, "20002"): NotYourCustomerError,
    (404, "60003"): NotYourCustomerError,
}
_STATUSES: dict[int, type[PartnerCenterError]] = {
    401: TokenRefusedError,
    403: AccessDeniedError,
    404: EndpointMissingError,
    405: EndpointMissingError,
    408: ServiceDownError,
    410: EndpointMissingError,
    429: ThrottledError,
    501: EndpointMissingError,
}
# Said in plain text, without a code: https://github.com/microsoft/Partner-Center-SDK-Samples/issues/35
_WORDS: tuple[tuple[int, str, type[PartnerCenterError]], ...] = (
    (401, "mfa required", MfaRequiredError),
    (403, "mfa required", MfaRequiredError),
    (403, "supplied role does not have the rights", RoleMissingError),
)
# https://github.com/microsoft/Partner-Center-PowerShell/issues/76
_NO_DATA = "does not have usage data"

_CODE_IN_TEXT = re.compile(r"\((\d{4,6})\)", re.ASCII)
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
    """What an error body says."""

    code: str | None
    description: str


def failure(response: ErrorResponse, *, sent: str, secret: str, retry_after: float | None) -> PartnerCenterError:
    """The error of an answer that is not 200; `sent` is our correlation id, the answer's own goes before it.

    `secret` is the token: it does not get into the message, whatever the answer repeats of the request.
    """
    fault = read_fault(response.body.replace(secret.encode(), b"(token)") if secret else response.body)
    kind = _kind(response, fault)
    status = f"{response.status} {fault.code}" if fault.code else str(response.status)
    return kind(
        f"Partner Center answered {status}: {fault.description or 'nothing more'}",
        status=response.status,
        code=fault.code,
        correlation_id=correlation_of(response.headers, sent),
        retry_after=retry_after,
    )


def correlation_of(headers: Mapping[str, str], sent: str) -> str:
    """The correlation id that Microsoft's support can look up: the answer's, if it has a proper one."""
    found = headers.get("ms-correlationid", "")
    return found if _ID.fullmatch(found) else sent


def second_factor_of(headers: Mapping[str, str]) -> bool | None:
    """Whether the token was issued after a second factor, as the answer says; None where it does not."""
    return {"true": True, "false": False}.get(headers.get("ismfacompliant", "").strip().casefold())


def says_no_data(response: ErrorResponse) -> bool:
    """Whether an error only says that there are no rows, as the older reports do for a customer without any."""
    return response.status in {400, 404} and _NO_DATA in read_fault(response.body).description.casefold()


def read_fault(body: bytes) -> ErrorBody:
    """What the body says, in whichever of the shapes; an unknown one is quoted from its beginning."""
    text = body.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").strip()
    try:
        answer = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        answer = text
    if isinstance(answer, str):
        return ErrorBody(_code_in(answer), _plain(answer))
    members = _members(answer)
    inner = _members(members.get("error"))
    description = _first(
        members.get("description"), members.get("message"), inner.get("message"), inner.get("description"),
        members.get("error_description"), members.get("error"),
    )  # fmt: skip
    code = _plain(_first(members.get("code"), inner.get("code"))) or _code_in(description)
    return ErrorBody(code[:64] or None if code else None, _plain(description))


def _kind(response: ErrorResponse, fault: ErrorBody) -> type[PartnerCenterError]:
    status = response.status
    known = _CODES.get((status, fault.code or ""))
    if known is not None:
        return known
    words = fault.description.casefold()
    told = next((kind for at, phrase, kind in _WORDS if at == status and phrase in words), None)
    if told is not None:
        return told
    if status == 401 and second_factor_of(response.headers) is False:
        return MfaRequiredError
    if status in _STATUSES:
        return _STATUSES[status]
    if status >= 500:
        return ServiceDownError
    # A redirect is not followed: the token is for this host. Nor is 204 or 206 an answer with all its rows.
    return BadRequestError if status >= 400 else BadAnswerError


def _members(value: Any) -> dict[str, Any]:
    return {str(key).casefold(): member for key, member in value.items()} if isinstance(value, dict) else {}


def _first(*values: Any) -> str:
    """The first that is text or a number, as text."""
    found = (str(value) for value in values if isinstance(value, str | int) and not isinstance(value, bool))
    return next((text for text in found if text), "")


def _code_in(text: str) -> str | None:
    found = _CODE_IN_TEXT.search(text[:4096])
    return found[1] if found else None


def _plain(text: str) -> str:
    """One line without control characters and without anything that looks like a token."""
    line = "".join(char if char.isprintable() else " " for char in text[:4096])
    return " ".join(_BEARER.sub("(token)", line).split())[:DESCRIPTION_LIMIT]
