"""Check whether a user may get a token, and issue it. No HTTP."""

from typing import Any

from bot.domain.conversation import Caller
from bot.simulator.access_tokens import TokenAuthority
from bot.simulator.entra.grants import Grants
from bot.simulator.entra.issuer_keys import LIFETIME, IssuerKeys
from bot.simulator.entra.scopes import GRAPH, PARTNER_CENTER, AskedScope, read_scope
from bot.simulator.entra.tenant_directory import AppRegistration, SignInConditions, TenantDirectory, User
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
        asked = read_scope(scope, self._directory.apis())
        standing = self._directory.standing(user)
        check_standing(standing, mfa=mfa, resource=asked.resource is PARTNER_CENTER)
        answer: dict[str, Any] = {
            "token_type": "Bearer",
            "scope": asked.granted(),
            "expires_in": LIFETIME,
            "ext_expires_in": LIFETIME,
            "access_token": self._access_token(user, asked, mfa=mfa and not standing.factor_elsewhere),
        }
        if "openid" in asked.openid:
            answer["id_token"] = self._keys.id_token(user, app.app_id, nonce)
        if "offline_access" in asked.openid:
            answer["refresh_token"] = self._grants.refresh(user, app.app_id, scope, mfa=mfa)
        return answer

    def _access_token(self, user: User, asked: AskedScope, *, mfa: bool) -> str:
        if asked.resource is PARTNER_CENTER:
            caller = Caller(user.tenant_id, user.object_id, user.name)
            return self._authority.issue(caller, mfa=mfa, roles=user.roles, audience=asked.audience)
        names = asked.names if asked.resource else ("openid", "profile")
        return self._keys.sso_token(user, (asked.resource or GRAPH).app_id, scp=" ".join(names))


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
