"""The RS256 keys of the simulated Bot Framework, and the tokens they sign.

These are channel tokens for the bot and app tokens from the bot. Uses PyJWT, no HTTP. Claims of a channel token:
https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import json
import time
import uuid
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from bot.simulator.connector.connector_refusal import ConnectorRefusedError
from bot.simulator.entra.issuer_keys import issuers

CHANNEL_ISSUER = "https://api.botframework.com"
CONNECTOR_AUDIENCE = "https://api.botframework.com"
LIFETIME = 3600
REQUIRED = ["exp", "nbf", "iss", "aud", "tid"]


class ConnectorSigningKey:
    """One RSA key with its id and the channels it may sign for."""

    def __init__(self, endorsements: tuple[str, ...] = ("msteams",)) -> None:
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.kid = uuid.uuid4().hex
        self.endorsements = endorsements

    def sign(self, claims: dict[str, Any], **headers: Any) -> str:
        """Return a compact RS256 token; `headers` override `kid` and `typ`."""
        return jwt.encode(
            claims, self.private, algorithm="RS256", headers={"kid": self.kid, "x5t": self.kid, **headers}
        )

    def public(self) -> dict[str, Any]:
        """Return the key as the key list publishes it."""
        numbers: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        shown = {name: numbers[name] for name in ("kty", "n", "e")}
        return {**shown, "use": "sig", "kid": self.kid, "x5t": self.kid, "endorsements": list(self.endorsements)}


class Keys:
    """The current keys. `rotate` replaces them, as Microsoft does without notice."""

    def __init__(self) -> None:
        self.current = ConnectorSigningKey()
        self.published = [self.current]

    def rotate(self, *, keep_old: bool = False) -> None:
        """Sign with a new key from now on; with `keep_old` the old one stays published."""
        self.current = ConnectorSigningKey()
        self.published = [*(self.published if keep_old else ()), self.current]

    def channel_token(self, app_id: str, service_url: str, **overrides: Any) -> str:
        """Return the bearer of an inbound activity; an override of None omits that claim."""
        now = int(time.time())
        claims = {
            "iss": CHANNEL_ISSUER,
            "aud": app_id,
            "serviceurl": service_url,
            "nbf": now - 60,
            "exp": now + LIFETIME,
        }
        return self.current.sign({k: v for k, v in (claims | overrides).items() if v is not None})

    def app_token(self, app_id: str, tenant: str, issuer: str, audience: str = CONNECTOR_AUDIENCE) -> str:
        """Return the bearer that a bot gets for its secret or certificate."""
        now = int(time.time())
        claims = {"iss": issuer, "aud": audience, "appid": app_id, "tid": tenant, "ver": "1.0"}
        return self.current.sign(
            {**claims, "nbf": now - 60, "iat": now, "exp": now + LIFETIME, "jti": uuid.uuid4().hex}
        )

    def check_app_token(self, header: str | None, app_id: str) -> None:
        """Raise an error unless `header` is the bearer of the bot `app_id`.

        Its tenant has issued it, for the connector, and it is valid now. The error is ConnectorRefusedError 401.
        """
        scheme, _, token = (header or "").partition(" ")
        if scheme.casefold() != "bearer" or not token:
            raise ConnectorRefusedError(401, "Unauthorized", "Authorization has been denied for this request.")
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            key = next(key for key in self.published if key.kid == kid)
            claims = jwt.decode(
                token,
                key.private.public_key(),
                algorithms=["RS256"],
                audience=CONNECTOR_AUDIENCE,
                options={"require": REQUIRED, "strict_aud": True},
            )
        except (jwt.PyJWTError, StopIteration) as error:
            raise ConnectorRefusedError(401, "Unauthorized", "The bearer token is not valid.") from error
        if claims["iss"] not in issuers(str(claims["tid"])):
            raise ConnectorRefusedError(401, "Unauthorized", "The bearer token is of another issuer.")
        if claims.get("appid") != app_id:
            raise ConnectorRefusedError(401, "BotNotRegistered", "No bot is registered for this token.")
