"""Check whether a user may get a token, and issue it. No HTTP."""

from typing import Any

from bot.domain.conversation import Caller
from bot.simulator.access_tokens import TokenAuthority
from bot.simulator.entra.grants import Grants
from bot.simulator.entra.issuer_keys import LIFETIME, IssuerKeys
from bot.simulator.entra.tenant_directory import (
    OPENID_SCOPES,
    PARTNER_CENTER,
    PARTNER_CENTER_SCOPE,
    AppRegistration,
    SignInConditions,
    TenantDirectory,
    User,
)
from bot.simulator.entra.token_refusal import TokenRefusedError, grant, interaction, mfa_claims

_FACTOR_NEEDED = (50076, "You must use multi-factor authentication to access this.")
_ENROLLMENT_NEEDED = (50079, "You must enroll in multi-factor authentication to access this.")
POLICY = "9ab03e19-ed42-4168-b6b7-7001fb3e933a"


class Issuing:
    """Checks a user's conditions and answers as the token endpoint does."""

    def __init__(self, directory: TenantDirectory, grants: Grants, keys: IssuerKeys, authority: TokenAuthority) -> None:
        self._directory = directory
        self._grants = grants
        self._keys = keys
        self._authority = authority

    def answer(
        self, app: AppRegistration, user: User, scope: tuple[str, ...], *, mfa: bool, nonce: str | None = None
    ) -> dict[str, Any]:
        """Return the token answer.

        Raises TokenRefusedError if the user's conditions forbid it.
        """
        check_scope(scope)
        standing = self._directory.standing(user)
        check_standing(standing, mfa=mfa, resource=wants_partner_center(scope))
        answer: dict[str, Any] = {
            "token_type": "Bearer",
            "scope": " ".join(name for name in scope if name not in OPENID_SCOPES) or "openid profile",
            "expires_in": LIFETIME,
            "ext_expires_in": LIFETIME,
            "access_token": self._access_token(user, scope, mfa=mfa and not standing.factor_elsewhere),
        }
        if "openid" in scope:
            answer["id_token"] = self._keys.id_token(user, app.app_id, nonce)
        if "offline_access" in scope:
            answer["refresh_token"] = self._grants.refresh(user, app.app_id, mfa=mfa)
        return answer

    def _access_token(self, user: User, scope: tuple[str, ...], *, mfa: bool) -> str:
        if not wants_partner_center(scope):
            return self._keys.sso_token(user, "00000003-0000-0000-c000-000000000000", scp="openid profile")
        return self._authority.issue(Caller(user.tenant_id, user.object_id, user.name), mfa=mfa, roles=user.roles)


def wants_partner_center(scope: tuple[str, ...]) -> bool:
    """Return True if the token is to be one for Partner Center."""
    return any(name.startswith(PARTNER_CENTER) for name in scope)


def check_scope(scope: tuple[str, ...]) -> None:
    """Raise TokenRefusedError for a scope that is not valid.

    It is unknown, or of an API that the tenant does not have.
    """
    for name in scope:
        if name in OPENID_SCOPES or name in {PARTNER_CENTER_SCOPE, f"{PARTNER_CENTER}/.default"}:
            continue
        if name.startswith(PARTNER_CENTER):
            raise TokenRefusedError(400, "invalid_scope", 70011, f"The scope {name} is not valid.")
        raise TokenRefusedError(400, "invalid_resource", 500011, "The resource principal was not found in the tenant.")


def check_standing(standing: SignInConditions, *, mfa: bool, resource: bool = True) -> None:
    """Raise TokenRefusedError for whatever keeps the user from a token."""
    if standing.down:
        raise TokenRefusedError(503, "temporarily_unavailable", 90033, "A transient error has occurred. Try again.")
    if standing.throttled is not None:
        problem = "The server is temporarily too busy to handle the request."
        raise TokenRefusedError(429, "temporarily_unavailable", 90055, problem, retry_after=standing.throttled)
    if not resource:
        return
    if standing.blocked:
        raise grant(53003, "Access has been blocked by Conditional Access policies.", "message_only")
    if standing.admin_consent:
        raise grant(90094, "An administrator must consent to the permissions.", "consent_required")
    if not standing.consented:
        raise grant(65001, "The user or administrator has not consented to use the application.", "consent_required")
    if standing.mfa and not mfa:
        number, text = _FACTOR_NEEDED if standing.factor_registered else _ENROLLMENT_NEEDED
        raise interaction(number, text, mfa_claims(POLICY))
    if standing.claims is not None:
        raise interaction(50158, "An external security challenge was not satisfied.", standing.claims)
