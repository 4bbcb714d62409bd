"""The outcomes of a token request to Entra, and how its refusals are read.

Pure; does not use msal. Microsoft's rule is to act on `error`, `suberror` and `claims`. The AADSTS numbers may change,
so they only choose the wording, or decide if the other three are inconclusive:
https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
https://learn.microsoft.com/en-us/entra/msal/dotnet/advanced/exceptions/msal-error-handling
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.errors import (
    ClaimsRequiredError,
    ConsentRequiredError,
    EntraDownError,
    EntraMisconfiguredError,
    EntraRefusedError,
    NotSignedInError,
    UsageBotError,
)

RENEW_BEFORE = 300.0  # seconds; MSAL too stops returning a cached token five minutes before it expires


@dataclass(frozen=True, slots=True)
class Tokens:
    """A person's tokens.

    `expires` is in Unix seconds; `state` is MSAL's cache, with the refresh token.
    """

    tenant_id: str
    object_id: str
    name: str
    access_token: str = field(repr=False)
    expires: float
    state: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ConsentNeeded:
    """The person has not consented yet. `admin`: only an administrator can consent."""

    admin: bool = False


@dataclass(frozen=True, slots=True)
class ClaimsNeeded:
    """The next sign-in has to carry `claims`.

    Entra requires a second factor, a managed device, or a newer sign-in.
    """

    claims: str | None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class SignInNeeded:
    """The stored tokens are no longer valid.

    They were revoked, they have expired, or their session has ended.
    """

    code: str | None = None


@dataclass(frozen=True, slots=True)
class TryLater:
    """Entra is down, throttles us, or does not answer in time."""

    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """This person gets no token, and signing in again would not help."""

    code: str | None


@dataclass(frozen=True, slots=True)
class Declined:
    """The person pressed "Cancel"."""


@dataclass(frozen=True, slots=True)
class OtherPerson:
    """The tokens belong to another person and were dropped.

    `name` is the person who signed in.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Misconfigured:
    """Entra refuses the bot's own request. The operator has to act."""

    code: str | None


Refusal = ConsentNeeded | ClaimsNeeded | SignInNeeded | TryLater | Refused | Declined | OtherPerson | Misconfigured
SignInOutcome = Tokens | Refusal


class SignInStop(StrEnum):
    """Why a sign-in ended before a request to Entra."""

    EXPIRED = "expired"
    OTHER_BROWSER = "other_browser"


LONGEST_NAME = 60  # characters; the longest of OAuth's error names has 25

_ADMIN = {90094, 90095}
_REFUSED = {50020, 50034, 50057, 50105, 53000, 53001, 53002, 53003, 53004, 530003, 530034}
_MISCONFIGURED = {50011, 50027, 90009, 90099, 500011, 500112, 500131, 700016, 7000114, 7000215, 7000218, 7000222}
_PASSING = {50033, 90006, 90024, 90033, 90055}
_OURS = {
    "invalid_client", "unauthorized_client", "invalid_scope", "invalid_resource", "invalid_request",
    "unsupported_grant_type", "unsupported_response_type",
}  # fmt: skip


def read_refusal(answer: Mapping[str, Any], *, status: int | None = None, retry_after: float | None = None) -> Refusal:
    """Return the meaning of an OAuth error answer.

    `status` and `retry_after` are from the HTTP answer.
    """
    error, numbers = _text(answer, "error"), _numbers(answer)
    code = f"AADSTS{min(numbers)}" if len(numbers) == 1 else _name(error)
    if status == 429 or (status or 0) >= 500 or error in {"temporarily_unavailable", "server_error"}:
        return TryLater(retry_after)
    mendable = _mendable(answer, error, numbers, code)
    if mendable is not None:
        return mendable
    if numbers & _PASSING:
        return TryLater(retry_after)
    return _final(answer, error, numbers, code)


def _mendable(answer: Mapping[str, Any], error: str, numbers: set[int], code: str | None) -> Refusal | None:
    """Return a refusal that the person can resolve by signing in, or None."""
    suberror, claims = _text(answer, "suberror"), _text(answer, "claims")
    if error in {"access_denied", "authorization_declined"}:
        return Declined()
    if error in {"expired_token", "authorization_pending"}:
        return SignInNeeded(code)
    if error == "consent_required" or suberror == "consent_required" or 65001 in numbers:
        return ConsentNeeded(admin=bool(numbers & _ADMIN))
    if error in {"interaction_required", "login_required"} or suberror in {"basic_action", "additional_action"}:
        return ClaimsNeeded(claims or None, code)
    return ClaimsNeeded(claims, code) if claims and suberror != "message_only" else None


def _final(answer: Mapping[str, Any], error: str, numbers: set[int], code: str | None) -> Refusal:
    if error in _OURS or numbers & _MISCONFIGURED:
        return Misconfigured(code)
    if _text(answer, "suberror") == "message_only" or numbers & _REFUSED:
        return Refused(code)
    return SignInNeeded(code) if error == "invalid_grant" else Refused(code)


def _text(answer: Mapping[str, Any], name: str) -> str:
    value = answer.get(name)
    return value if isinstance(value, str) else ""


def _name(error: str) -> str | None:
    """Return an error's name for display and log, or None.

    It may come from a browser and be any text.
    """
    return error if error.isascii() and error.replace("_", "").isalnum() and len(error) <= LONGEST_NAME else None


def _numbers(answer: Mapping[str, Any]) -> set[int]:
    """Return the AADSTS numbers.

    They are in a list, or at the start of the description if the answer came through a browser.
    """
    listed = answer.get("error_codes")
    if isinstance(listed, list):
        return {number for number in listed if isinstance(number, int)}
    head, _, rest = _text(answer, "error_description").partition("AADSTS")
    number = rest[:9].partition(":")[0]
    return {int(number)} if not head and number.isascii() and number.isdigit() else set()


def as_error(outcome: Refusal) -> UsageBotError:
    """Return the error of bot.errors for a refusal."""
    if isinstance(outcome, TryLater):
        return EntraDownError("Entra gives no tokens now", retry_after=outcome.retry_after)
    if isinstance(outcome, ClaimsNeeded):
        return ClaimsRequiredError(outcome.claims)
    if isinstance(outcome, ConsentNeeded):
        return ConsentRequiredError(admin=outcome.admin)
    if isinstance(outcome, Refused):
        return EntraRefusedError("Entra refuses this person", outcome.code)
    if isinstance(outcome, Misconfigured):
        return EntraMisconfiguredError("Entra does not accept the bot", outcome.code)
    return NotSignedInError("the person has to sign in")
