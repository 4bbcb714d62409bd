"""The simulated Entra's signing keys and the tokens they sign.

Uses PyJWT, no HTTP.

The meaning of the claims:
https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference
https://learn.microsoft.com/en-us/entra/identity-platform/id-token-claims-reference
"""

import uuid
from collections.abc import Callable
from typing import Any

import jwt

from bot.simulator.entra.tenant_directory import User
from bot.simulator.issuer_signing_key import IssuerSigningKey
from bot.simulator.loopback_authority import HOST

LIFETIME = 3600
TEAMS_DESKTOP = "1fec8e78-bce4-4aaf-ab1b-5451cc387264"


class IssuerKeys:
    """The current keys and the tokens they sign. `clock` returns Unix seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.current = IssuerSigningKey()
        self.published = [self.current]
        self._clock = clock

    def rotate(self, *, keep_old: bool = True) -> None:
        """Sign with a new key from now on.

        Entra keeps the old one in its list for a while.
        """
        self.current = IssuerSigningKey()
        self.published = [*(self.published if keep_old else ()), self.current]

    def sso_token(self, user: User, app_id: str, **overrides: Any) -> str:
        """Return the token that Teams gets for the bot's `access_as_user`.

        An override of None omits that claim.
        """
        claims = self._claims(user, app_id) | {"azp": TEAMS_DESKTOP, "azpacr": "0", "scp": "access_as_user"}
        return self.current.sign({k: v for k, v in (claims | overrides).items() if v is not None})

    def id_token(self, user: User, app_id: str, nonce: str | None) -> str:
        """Return the token that says who signed in."""
        return self.current.sign(self._claims(user, app_id) | ({"nonce": nonce} if nonce else {}))

    def app_token(self, app_id: str, tenant_id: str, audience: str) -> str:
        """Return the token that an application gets for its own secret."""
        now = int(self._clock())
        claims = {"aud": audience, "iss": issuer(tenant_id), "iat": now, "nbf": now, "exp": now + LIFETIME}
        who = {"appid": app_id, "tid": tenant_id, "idtyp": "app", "ver": "1.0", "uti": uuid.uuid4().hex}
        return self.current.sign(claims | who)

    def read(self, token: str) -> dict[str, Any] | None:
        """Return the claims of a token that was signed here, whatever they are.

        None for any other text.
        """
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            key = next(key for key in self.published if key.kid == kid)
            options: Any = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}
            return dict(jwt.decode(token, key.private.public_key(), algorithms=["RS256"], options=options))
        except (jwt.PyJWTError, StopIteration, ValueError):
            return None

    def _claims(self, user: User, app_id: str) -> dict[str, Any]:
        now = int(self._clock())
        return {
            "aud": app_id,
            "iss": issuer(user.tenant_id),
            "iat": now,
            "nbf": now,
            "exp": now + LIFETIME,
            "tid": user.tenant_id,
            "oid": user.object_id,
            "sub": uuid.uuid5(uuid.UUID(user.object_id), app_id).hex,
            "name": user.name,
            "preferred_username": user.principal_name,
            "uti": uuid.uuid4().hex,
            "ver": "2.0",
        }


def issuer(tenant_id: str) -> str:
    """Return the `iss` of v2.0 tokens."""
    return f"{HOST}/{tenant_id}/v2.0"


def issuers(tenant_id: str) -> set[str]:
    """Return the `iss` of the tokens of a tenant, of both versions."""
    return {issuer(tenant_id), f"https://sts.windows.net/{tenant_id}/"}
