"""Authenticate applications: secret, certificate, or another issuer's token.

https://learn.microsoft.com/en-us/entra/identity-platform/certificate-credentials
https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation
"""

import base64
import hmac
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus, urlsplit

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from bot.simulator.entra.tenant_directory import AppRegistration, TenantDirectory
from bot.simulator.entra.token_refusal import TokenRefusedError, client, request
from bot.simulator.issuer_signing_key import thumbprint

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_CLOCK_SKEW = 300
_PUBLIC_GRANTS = {"urn:ietf:params:oauth:grant-type:device_code", "device_code", "refresh_token"}
Form = dict[str, str]


class ClientAuthentication:
    """Authenticates applications. `clock` returns Unix seconds."""

    def __init__(self, directory: TenantDirectory, clock: Callable[[], float]) -> None:
        self._directory = directory
        self._clock = clock

    def identify(self, tenant: str, form: Form, authorization: str | None = None) -> AppRegistration:
        """Return the application that asks at the endpoint of `tenant`.

        `authorization` is the header of that name. Raises TokenRefusedError.
        """
        form = _with_basic(form, authorization)
        app = self._directory.application(form.get("client_id", ""))
        if "client_assertion" in form:
            self._check_assertion(tenant, form, app)
        elif "client_secret" in form:
            _check_secret(form["client_secret"], app)
        elif form["grant_type"] == "client_credentials":
            raise client(7000216, "'client_assertion', 'client_secret' or 'request' is required for the grant type.")
        elif not (app.public and form["grant_type"] in _PUBLIC_GRANTS):
            raise client(7000218, "The request body must contain the parameter client_assertion or client_secret.")
        return app

    def _check_assertion(self, tenant: str, form: Form, app: AppRegistration) -> None:
        if form.get("client_assertion_type") != ASSERTION_TYPE:
            raise request(900144, "The request body must contain the parameter client_assertion_type.")
        token = form["client_assertion"]
        try:
            header = jwt.get_unverified_header(token)
            claims = dict(jwt.decode(token, options={"verify_signature": False}))
        except (jwt.PyJWTError, ValueError):
            raise request(50027, "The JWT token is invalid or malformed.") from None
        if str(claims.get("iss", "")).lower() == app.app_id:
            self._check_certified(tenant, token, header, claims, app)
        else:
            self._check_federated(token, claims, app)
        self._check_time(claims)

    def _check_certified(
        self, tenant: str, token: str, header: dict[str, Any], claims: dict[str, Any], app: AppRegistration
    ) -> None:
        key = next((each for each in map(_loaded, app.certificates) if _is_signer(each, header)), None)
        if key is None or not _is_signed(token, key.public_key(), ("RS256", "PS256")):
            raise client(700027, "The certificate with the identifier of the assertion is not registered, or another.")
        if str(claims.get("sub", "")).lower() != app.app_id:
            raise client(700021, "The assertion's application identifier does not match the parameter client_id.")
        if not self._is_for(str(claims.get("aud", "")), tenant):
            raise client(700023, "The assertion's audience claim does not match the realm's issuer.")

    def _check_federated(self, token: str, claims: dict[str, Any], app: AppRegistration) -> None:
        """Check another issuer's token: issuer, subject and audience, each with its case."""
        text = "No matching federated identity record found for presented assertion"
        issued = [each for each in app.federated if each.issuer == claims.get("iss")]
        if not issued:
            raise client(700211, f"{text} issuer '{claims.get('iss')}'.")
        meant = [each for each in issued if each.subject == claims.get("sub")]
        if not meant:
            raise client(700213, f"{text} subject '{claims.get('sub')}'.")
        exact = [each for each in meant if each.audience in _texts(claims.get("aud"))]
        if not exact:
            raise client(700212, f"{text} audience '{claims.get('aud')}'.")
        if not any(_is_signed(token, each.key, ("RS256",)) for each in exact):
            raise client(5000224, "The signature of the federated token cannot be verified.")

    def _check_time(self, claims: dict[str, Any]) -> None:
        now, ends, begins = self._clock(), claims.get("exp"), claims.get("nbf", 0)
        if not isinstance(ends, int | float) or not isinstance(begins, int | float):
            raise client(700024, "The client assertion has no valid time range.")
        if ends <= now - _CLOCK_SKEW or begins > now + _CLOCK_SKEW:
            raise client(700024, "The client assertion is not within its valid time range.")

    def _is_for(self, audience: str, tenant: str) -> bool:
        try:
            return self._directory.tenants.find(urlsplit(audience).path.split("/")[1]) == tenant
        except (TokenRefusedError, IndexError, ValueError):
            return False


def _check_secret(secret: str, app: AppRegistration) -> None:
    if not hmac.compare_digest(secret.encode(), app.secret.encode()):
        raise client(7000215, "Invalid client secret provided.")
    if app.expired:
        raise client(7000222, "The provided client secret keys are expired.")


def _with_basic(form: Form, authorization: str | None) -> Form:
    """Return the form with the id and the secret of an Authorization header: RFC 6749, section 2.3.1."""
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return form
    try:
        app_id, colon, secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except ValueError:
        colon = ""
    if not colon:
        raise request(900144, "The Authorization header is not one of Basic authentication.")
    return {"client_id": unquote_plus(app_id)} | form | {"client_secret": unquote_plus(secret)}


def _loaded(pem: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pem.encode())


def _is_signer(certificate: x509.Certificate, header: dict[str, Any]) -> bool:
    named = {"x5t": hashes.SHA1(), "x5t#S256": hashes.SHA256()}  # noqa: S303  # both are identifiers, not signatures
    given = {name: str(header.get(name, "")).rstrip("=") for name in named}  # MSAL for Python keeps the padding
    return any(given[name] == thumbprint(certificate, algorithm) for name, algorithm in named.items())


def _is_signed(token: str, key: Any, algorithms: tuple[str, ...]) -> bool:
    options: Any = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}
    try:
        jwt.decode(token, key, algorithms=list(algorithms), options=options)
    except (jwt.PyJWTError, ValueError, TypeError):
        return False
    return True


def _texts(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
