"""`POST /{tenant}/oauth2/v2.0/token`: five grant types, each as strict as Entra.

https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow
https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-on-behalf-of-flow
https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-device-code
"""

import base64
import json
from collections.abc import Callable
from typing import Any

from bot.simulator.entra.client_authentication import ClientAuthentication
from bot.simulator.entra.client_credentials import GRANT_TYPE, ClientCredentials, unsupported_grant
from bot.simulator.entra.grants import Grants, matches
from bot.simulator.entra.issuer_keys import LIFETIME, IssuerKeys, issuers
from bot.simulator.entra.tenant_directory import AppRegistration, TenantDirectory, User
from bot.simulator.entra.tenants import ANY_ORGANIZATION
from bot.simulator.entra.token_issuing import Issuing
from bot.simulator.entra.token_refusal import TokenRefusedError, grant, request

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
SHORT_DEVICE_CODE = "device_code"  # MSAL for Node writes it so
CLOCK_SKEW = 300  # seconds by which the clocks of Entra and of the issuer may differ
Form = dict[str, str]


class TokenEndpoint:
    """Answers a form with a token answer, or raises TokenRefusedError."""

    def __init__(self, directory: TenantDirectory, grants: Grants, keys: IssuerKeys, issuing: Issuing) -> None:
        self._directory = directory
        self._clients = ClientAuthentication(directory, grants.clock)
        self._applications = ClientCredentials(directory, grants.clock)
        self._grants = grants
        self._keys = keys
        self._issuing = issuing

    def answer(self, tenant: str, form: Form, authorization: str | None = None) -> dict[str, Any]:
        """Return the body of the 200.

        `tenant` is what the path says; `authorization` is the header of that name. Raises TokenRefusedError.
        """
        kinds: dict[str, Callable[[str, Form, AppRegistration], dict[str, Any]]] = {
            "authorization_code": self._authorization_code,
            "refresh_token": self._refresh_token,
            JWT_BEARER: self._on_behalf_of,
            DEVICE_CODE: self._device_code,
            SHORT_DEVICE_CODE: self._device_code,
        }
        if form.get("grant_type") == GRANT_TYPE:
            return self._application(tenant, form, authorization)
        kind = kinds.get(form.get("grant_type", ""))
        if kind is None:
            raise unsupported_grant()
        found = self._directory.tenants.of_people(tenant)
        answer = kind(found, form, self._clients.identify(found, form, authorization))
        if form.get("client_info") == "1" and "client_info" not in answer and (user := answer.pop("user", None)):
            answer["client_info"] = _client_info(user)
        answer.pop("user", None)
        return answer

    def _application(self, tenant: str, form: Form, authorization: str | None) -> dict[str, Any]:
        granted = self._applications.granted(tenant, form, authorization)
        token = self._keys.app_token(granted.app.app_id, granted.tenant, granted.asked.audience)
        return {"token_type": "Bearer", "expires_in": LIFETIME, "ext_expires_in": LIFETIME, "access_token": token}

    def _authorization_code(self, tenant: str, form: Form, app: AppRegistration) -> dict[str, Any]:
        code = self._grants.codes.get(form.get("code", ""))
        if code is None or code.asked.app_id != app.app_id or not _in_tenant(tenant, code.user):
            raise grant(70000, "The provided authorization code is malformed or of another client.")
        if code.spent:
            raise grant(54005, "The authorization code was already redeemed.")
        if code.until <= self._grants.clock():
            raise grant(70008, "The provided authorization code has expired.")
        if form.get("redirect_uri") != code.asked.redirect_uri:
            raise TokenRefusedError(400, "invalid_client", 500112, "The reply address does not match.")
        if not matches(code.asked, form.get("code_verifier", "")):
            raise grant(501481, "The code_verifier does not match the code_challenge of the authorization request.")
        code.spent = True
        scope = tuple(form.get("scope", "").split()) or code.asked.scope
        answer = self._issuing.answer(app, code.user, scope, mfa=code.mfa, nonce=code.asked.nonce)
        return answer | {"user": code.user}

    def _refresh_token(self, tenant: str, form: Form, app: AppRegistration) -> dict[str, Any]:
        held = self._grants.refreshes.get(form.get("refresh_token", ""))
        if held is None or held.app_id != app.app_id or not _in_tenant(tenant, held.user):
            raise grant(9002313, "The refresh token is malformed or of another client.", "bad_token")
        if held.issued < self._directory.standing(held.user).valid_from:
            raise grant(50173, "The grant was revoked: the password has been changed.", "bad_token")
        scope = tuple(form.get("scope", "").split()) or held.scope
        return self._issuing.answer(app, held.user, scope, mfa=held.mfa) | {"user": held.user}

    def _on_behalf_of(self, tenant: str, form: Form, app: AppRegistration) -> dict[str, Any]:
        if form.get("requested_token_use") != "on_behalf_of":
            raise request(90014, "The required field 'requested_token_use' is missing or not 'on_behalf_of'.")
        claims = self._keys.read(form.get("assertion", ""))
        if claims is None:
            raise grant(50013, "The assertion failed signature validation.")
        if claims.get("aud") not in {app.app_id, app.identifier_uri}:
            raise grant(500131, "The assertion audience does not match the client app presenting it.")
        now = self._grants.clock()
        if int(claims.get("exp", 0)) <= now or int(claims.get("nbf", 0)) > now + CLOCK_SKEW:
            raise grant(500133, "The assertion is not within its valid time range.")
        if claims.get("iss") not in issuers(str(claims.get("tid"))):
            raise grant(50013, "The assertion has another issuer.")
        if "access_as_user" not in str(claims.get("scp", "")).split():
            raise grant(7000114, "The application may not make on-behalf-of calls with this token.")
        user = self._directory.users.get((str(claims.get("tid")), str(claims.get("oid"))))
        if user is None or not _in_tenant(tenant, user):
            raise grant(50020, "The user account does not exist in the tenant.")
        # The answer has the factors of the session that the assertion comes from.
        mfa = self._directory.standing(user).factor_shown
        return self._issuing.answer(app, user, tuple(form.get("scope", "").split()), mfa=mfa) | {"user": user}

    def _device_code(self, tenant: str, form: Form, app: AppRegistration) -> dict[str, Any]:
        device = self._grants.devices.get(form.get("device_code", ""))
        if device is None or device.app_id != app.app_id or device.tenant != tenant:
            raise TokenRefusedError(400, "bad_verification_code", 70018, "The verification code is not known.")
        if device.until <= self._grants.clock():
            raise TokenRefusedError(400, "expired_token", 70020, "The device code has expired.")
        if device.declined:
            raise TokenRefusedError(400, "authorization_declined", 70017, "The user declined the request.")
        if device.user is None:
            raise TokenRefusedError(400, "authorization_pending", 70016, "The user has not signed in yet.")
        answer = self._issuing.answer(app, device.user, device.scope, mfa=device.mfa) | {"user": device.user}
        self._grants.devices.pop(form["device_code"])
        return answer


def _in_tenant(tenant: str, user: User) -> bool:
    return tenant in ANY_ORGANIZATION | {user.tenant_id}


def _client_info(user: User) -> str:
    """Return the account that MSAL assumes: a guest has the id of the tenant they come from."""
    tenant_id, object_id = user.home or user.key
    text = json.dumps({"uid": object_id, "utid": tenant_id})
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()
