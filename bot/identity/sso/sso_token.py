"""The rules for a Teams SSO token. Pure: keys and time are arguments.

Depends on PyJWT, no HTTP. No other component validates this token for the bot, and anyone who can post an activity can
send any text in its place:
https://learn.microsoft.com/en-us/entra/identity-platform/access-tokens#validate-tokens
https://learn.microsoft.com/en-us/entra/identity-platform/claims-validation
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import jwt

from bot.domain.entra_cloud import LOGIN_URL, issuer_of
from bot.domain.guid import parse_guid
from bot.errors import UsageBotError

SCOPE = "access_as_user"
SKEW = 300  # seconds of clock difference that are tolerated, as in Microsoft's own libraries
LONGEST = 16 * 1024  # characters; Entra's tokens are far shorter, and headers would not carry more

# The clients that get tokens for a bot: Teams on desktop and phones, and Teams in the browser.
# https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/authentication/bot-sso-register-aad
TEAMS_CLIENTS = frozenset({"1fec8e78-bce4-4aaf-ab1b-5451cc387264", "5e3ce6c0-2b1f-4285-8d4b-75ee78787346"})


class SsoRefusal(StrEnum):
    """Why a token is refused. The value is logged."""

    MALFORMED = "the token is malformed"
    ALGORITHM = "the token is not signed with RS256"
    KEY = "the token names no key of the tenant"
    SIGNATURE = "the token's signature is wrong"
    EXPIRED = "the token has expired"
    TOO_EARLY = "the token is not valid yet"
    AUDIENCE = "the token is for another application"
    ISSUER = "the token is from another issuer"
    VERSION = "the token is not of version 2.0"
    TENANT = "the token is of a tenant that is not served or not the chat's"
    PERSON = "the token is of another person than the one in the chat"
    SCOPE = "the token lacks the scope access_as_user"
    CLIENT = "the token was made for a client that is not served"


class SsoTokenError(UsageBotError):
    """The token is refused. The message is the reason and never contains the token."""

    def __init__(self, reason: SsoRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ExpectedClaims:
    """The required content of the token.

    `tenant_id` and `object_id` are those of the activity (`conversation.tenantId`, `from.aadObjectId`). `tenants` are
    the tenants that are served; empty means all. `login_url` is the address of the Entra that must have issued it.
    `clients` are the applications that may send it.
    """

    app_id: str
    tenant_id: str
    object_id: str
    tenants: frozenset[str] = frozenset()
    login_url: str = LOGIN_URL
    clients: frozenset[str] = TEAMS_CLIENTS


@dataclass(frozen=True, slots=True)
class SsoClaims:
    """The person that a verified token belongs to.

    Ids are lower case; `expires` is in Unix seconds.
    """

    tenant_id: str
    object_id: str
    name: str
    expires: float


def key_id(token: str) -> str:
    """Return the id of the key that signed `token`, as stated in its header.

    Raises SsoTokenError.
    """
    if not token or len(token) > LONGEST or token.count(".") != 2:
        raise SsoTokenError(SsoRefusal.MALFORMED)
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, RecursionError):
        raise SsoTokenError(SsoRefusal.MALFORMED) from None
    if header.get("alg") != "RS256":
        raise SsoTokenError(SsoRefusal.ALGORITHM)
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid:
        raise SsoTokenError(SsoRefusal.KEY)
    return kid


def claimed_person(token: str) -> tuple[str, str]:
    """Return the tenant id and the object id that `token` names.

    Nothing about them is verified: they say which keys `check` needs. Raises SsoTokenError if they are no GUIDs.
    """
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
        raise SsoTokenError(SsoRefusal.MALFORMED) from None
    tenant_id, object_id = parse_guid(_text(claims, "tid")), parse_guid(_text(claims, "oid"))
    if tenant_id is None:
        raise SsoTokenError(SsoRefusal.TENANT)
    if object_id is None:
        raise SsoTokenError(SsoRefusal.PERSON)
    return tenant_id, object_id


def check(token: str, key: jwt.PyJWK, expected: ExpectedClaims, now: float) -> SsoClaims:
    """Validate `token` and return the person it belongs to.

    `key` is the tenant's key that `key_id` names. Raises SsoTokenError when any claim or the signature is wrong.
    """
    claims = _decode(token, key)
    _check_times(claims, now)
    if claims.get("aud") != expected.app_id:
        raise SsoTokenError(SsoRefusal.AUDIENCE)
    if claims.get("ver") != "2.0":
        raise SsoTokenError(SsoRefusal.VERSION)
    tenant_id, object_id = _text(claims, "tid").lower(), _text(claims, "oid").lower()
    if tenant_id != expected.tenant_id.lower() or (expected.tenants and tenant_id not in expected.tenants):
        raise SsoTokenError(SsoRefusal.TENANT)
    if claims.get("iss") != issuer_of(expected.login_url, tenant_id):
        raise SsoTokenError(SsoRefusal.ISSUER)
    if not object_id or object_id != expected.object_id.lower():
        raise SsoTokenError(SsoRefusal.PERSON)
    if SCOPE not in _text(claims, "scp").split():
        raise SsoTokenError(SsoRefusal.SCOPE)
    if claims.get("azp") not in expected.clients:
        raise SsoTokenError(SsoRefusal.CLIENT)
    return SsoClaims(tenant_id, object_id, _text(claims, "name")[:256], float(claims["exp"]))


def _decode(token: str, key: jwt.PyJWK) -> dict[str, Any]:
    # Times and all other claims are checked in `check`, with the given clock and with a reason for each.
    unchecked: Any = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}
    unchecked |= {"verify_iss": False, "verify_sub": False, "verify_jti": False}
    try:
        return dict(jwt.decode(token, key.key, algorithms=["RS256"], options=unchecked))
    except jwt.InvalidSignatureError:
        raise SsoTokenError(SsoRefusal.SIGNATURE) from None
    except jwt.InvalidAlgorithmError:
        raise SsoTokenError(SsoRefusal.ALGORITHM) from None
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
        raise SsoTokenError(SsoRefusal.MALFORMED) from None


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    if _moment(claims, "exp") <= now - SKEW:
        raise SsoTokenError(SsoRefusal.EXPIRED)
    if _moment(claims, "nbf") > now + SKEW:
        raise SsoTokenError(SsoRefusal.TOO_EARLY)


def _moment(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not -(2**53) < value < 2**53:
        raise SsoTokenError(SsoRefusal.MALFORMED)
    return float(value)


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""
