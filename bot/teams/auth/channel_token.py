"""The checks of a channel token.

Pure except for the clock that PyJWT reads; no HTTP.

The rules: https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
Tokens of the emulator and of skills have other issuers and keys, so they are refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from bot.identity.sso.signing_keys import read_key
from bot.teams.activity.request_refused import RequestRefusedError

SKEW = 300  # seconds of clock difference that the rules allow


@dataclass(frozen=True, slots=True)
class ChannelKey:
    """A public key of the channel service.

    `endorsements` are the channels it may sign for.
    """

    kid: str
    key: jwt.PyJWK
    endorsements: frozenset[str]


@dataclass(frozen=True, slots=True)
class ChannelClaims:
    """The claims of a verified token.

    `service_url` is the only service URL it is valid for, `endorsements` are the channels its key may sign for,
    `expires` is in Unix seconds.
    """

    service_url: str
    endorsements: frozenset[str]
    expires: float


# The errors of PyJWT, from the specific to the general.
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (jwt.ExpiredSignatureError, "the token has expired"),
    (jwt.ImmatureSignatureError, "the token is not valid yet"),
    (jwt.InvalidAudienceError, "the token is for another bot"),
    (jwt.InvalidIssuerError, "the token is not from the channel service"),
    (jwt.MissingRequiredClaimError, "the token lacks a claim"),
    (jwt.InvalidSignatureError, "the token's signature is wrong"),
    (jwt.InvalidAlgorithmError, "the token is not signed with RS256"),
)


def read_channel_key(wire: Mapping[str, Any]) -> ChannelKey | None:
    """Return the key in an entry of the channel service's key list.

    None if it is no usable signing key.
    """
    endorsements = wire.get("endorsements") or ()
    found = read_key(wire)
    if found is None or not isinstance(endorsements, list | tuple):
        return None
    return ChannelKey(*found, frozenset(each for each in endorsements if isinstance(each, str)))


def bearer(headers: list[str]) -> str:
    """Return the token in the Authorization headers.

    Raises RequestRefusedError 401 unless there is exactly one bearer token.
    """
    if len(headers) != 1:
        raise RequestRefusedError(401, "no Authorization header" if not headers else "several Authorization headers")
    scheme, _, token = headers[0].partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise RequestRefusedError(401, "the Authorization header holds no bearer token")
    return token.strip()


def key_id(token: str) -> str:
    """Return the id of the key that signed `token`, from its header, unverified.

    Raises RequestRefusedError 401 when the header is malformed, names no key or another algorithm than RS256.
    """
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, RecursionError):
        raise RequestRefusedError(401, "the token is malformed") from None
    if header.get("alg") != "RS256":
        raise RequestRefusedError(401, "the token is not signed with RS256")
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid:
        raise RequestRefusedError(401, "the token names no key")
    return kid


def verify(token: str, key: ChannelKey, *, app_id: str, issuer: str) -> ChannelClaims:
    """Check signature, issuer, audience and times of `token` and return its claims.

    Raises RequestRefusedError 401 when one of them is wrong.
    """
    try:
        claims = jwt.decode(
            token,
            key.key,
            algorithms=["RS256"],
            audience=app_id,
            issuer=issuer,
            leeway=SKEW,
            options={"require": ["exp", "iss", "aud"], "strict_aud": True},
        )
        expires = float(claims["exp"])
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
        reason = next((text for kind, text in _REASONS if isinstance(error, kind)), "the token is malformed")
        raise RequestRefusedError(401, reason) from None
    service_url = claims.get("serviceurl")
    if not isinstance(service_url, str) or not service_url:
        raise RequestRefusedError(401, "the token names no service URL")
    return ChannelClaims(service_url, key.endorsements, expires)
