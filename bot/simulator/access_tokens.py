"""Issue and verify access tokens for the simulated Partner Center; no HTTP.

The claims are those of an Entra access token
(https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference) for the audience and scope
that Partner Center's App+User authentication uses
(https://learn.microsoft.com/en-us/partner-center/developer/partner-center-authentication).
"""

import math
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import jwt

from bot.domain.conversation import Caller
from bot.errors import UsageBotError
from bot.simulator.issuer_signing_key import IssuerSigningKey

AUDIENCE = "https://api.partnercenter.microsoft.com"
SCOPE = "user_impersonation"
ROLES = ("AdminAgents",)  # AdminAgents, SalesAgents and HelpdeskAgents may read the report
LIFETIME = 3600.0
OF_A_PERSON = frozenset({"amr", "name", "scp", "unique_name", "upn"})
"""Claims that no token of an application has."""
RENEW_BEFORE = 300.0  # MSAL too stops returning a cached token five minutes before it expires


class TokenRefusalReason(StrEnum):
    """The reason why a token is refused."""

    MALFORMED = "malformed"
    SIGNATURE = "signature"
    EXPIRED = "expired"
    TOO_EARLY = "too early"
    AUDIENCE = "audience"
    ISSUER = "issuer"


class TokenError(UsageBotError):
    """A refused token; the message names the reason and never the token."""

    def __init__(self, reason: TokenRefusalReason) -> None:
        super().__init__(f"token refused: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """The caller and their rights.

    `app_only`: the caller is an application, without a person. `amr` holds "mfa" after a second factor.
    """

    tenant_id: str
    object_id: str
    name: str
    scopes: frozenset[str]
    roles: frozenset[str]
    amr: frozenset[str]
    app_only: bool = False


class TokenAuthority:
    """A key pair that is made at start, so that all tokens expire with the process.

    `key` is in the key list of the simulated Entra. `clock` returns Unix seconds.
    """

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        self.key = IssuerSigningKey()
        self._clock = clock

    def issue(
        self,
        caller: Caller,
        *,
        mfa: bool = True,
        roles: tuple[str, ...] = ROLES,
        app_only: bool = False,
        audience: str = AUDIENCE,
        lifetime: float = LIFETIME,
    ) -> str:
        """Return a token of this caller.

        `lifetime` is in seconds; with one below zero the token has expired already.
        """
        now = self._clock()
        claims: dict[str, Any] = {
            "aud": audience,
            "iss": _issuer(caller.tenant_id),
            "iat": int(now),
            "nbf": int(min(now, now + lifetime)),
            "exp": int(now + lifetime),
            "tid": caller.tenant_id,
            "oid": caller.object_id,
            "sub": caller.object_id,
            "uti": uuid.uuid4().hex,  # unique in every token, as Entra's
            "ver": "1.0",
            "roles": list(roles),
        }
        if app_only:
            claims["idtyp"] = "app"
        else:
            claims |= {"name": caller.name, "scp": SCOPE, "amr": ["pwd", "mfa"] if mfa else ["pwd"]}
        return self.key.sign(claims, x5t=self.key.kid)

    def verify(self, token: str) -> TokenClaims:
        """Return the claims of a token that is valid now.

        It was signed by this authority, for Partner Center. Raises TokenError otherwise.
        """
        claims = self._decode(token)
        self._check(claims)
        return TokenClaims(
            tenant_id=str(claims["tid"]).lower(),
            object_id=str(claims["oid"]).lower(),
            name=str(claims.get("name", "")),
            scopes=frozenset(str(claims.get("scp", "")).split()),
            roles=_texts(claims.get("roles")),
            amr=_texts(claims.get("amr")),
            app_only=_is_app_only(claims),
        )

    def _decode(self, token: str) -> dict[str, Any]:
        # Times are checked below against `clock`: PyJWT uses the machine's clock.
        options: Any = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}
        required = ["exp", "nbf", "aud", "iss", "tid", "oid"]
        try:
            public = self.key.private.public_key()
            claims = jwt.decode(token, public, algorithms=["RS256"], options=options | {"require": required})
        except jwt.InvalidSignatureError:
            raise TokenError(TokenRefusalReason.SIGNATURE) from None
        except (jwt.PyJWTError, ValueError, TypeError):
            raise TokenError(TokenRefusalReason.MALFORMED) from None
        return dict(claims)

    def _check(self, claims: dict[str, Any]) -> None:
        now = self._clock()
        if not (_is_moment(claims["exp"]) and _is_moment(claims["nbf"])):
            raise TokenError(TokenRefusalReason.MALFORMED)
        if claims["exp"] <= now:
            raise TokenError(TokenRefusalReason.EXPIRED)
        if claims["nbf"] > now + 1:
            raise TokenError(TokenRefusalReason.TOO_EARLY)
        if claims["aud"] not in (AUDIENCE, f"{AUDIENCE}/"):
            raise TokenError(TokenRefusalReason.AUDIENCE)
        if claims["iss"] != _issuer(str(claims["tid"])):
            raise TokenError(TokenRefusalReason.ISSUER)


class SimulatedUserTokens:
    """A `bot.partner_center.token_source.TokenSource` for the demo and for tests.

    Every caller is signed in. Without `mfa` they signed in with a password only; `in_vain`: they were asked for a
    second factor, which does not reach the token. `roles` are their roles in Partner Center.
    """

    def __init__(
        self,
        authority: TokenAuthority,
        *,
        mfa: bool = True,
        in_vain: bool = False,
        roles: tuple[str, ...] = ROLES,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._in_vain = in_vain
        self._authority = authority
        self._mfa = mfa
        self._roles = roles
        self._clock = clock
        self._held: dict[tuple[str, str], tuple[str, float]] = {}

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:
        """Return the caller's own token.

        It is a new one shortly before the old one expires, or if the old one is the token that was `refused`.
        """
        held = self._held.get(caller.key)
        now = self._clock()
        if held is not None and held[0] != refused and now < held[1] - RENEW_BEFORE:
            return held[0]
        token = self._authority.issue(caller, mfa=self._mfa, roles=self._roles)
        self._held[caller.key] = (token, now + LIFETIME)
        return token

    async def newer(self, caller: Caller, refused: str) -> str | None:  # noqa: ARG002 - the same for all
        """Return None: people are signed in once."""
        return None

    async def was_asked_for(self, caller: Caller, claims: str | None) -> bool:  # noqa: ARG002 - the same for all
        """Return whether a sign-in with these claims would not help."""
        return self._in_vain


def _issuer(tenant_id: str) -> str:
    return f"https://sts.windows.net/{tenant_id}/"


def _is_app_only(claims: dict[str, Any]) -> bool:
    """Return True for an application: it says so, or has roles and no claim of a person.

    `idtyp` is an optional claim: https://learn.microsoft.com/en-us/entra/identity-platform/optional-claims-reference
    """
    if "scp" in claims:
        return False
    return claims.get("idtyp") == "app" or bool(claims.get("roles") and not OF_A_PERSON & claims.keys())


def _is_moment(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _texts(value: object) -> frozenset[str]:
    return frozenset(str(each) for each in value) if isinstance(value, list) else frozenset()
