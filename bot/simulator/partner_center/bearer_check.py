"""Check a bearer token: return its claims, or raise the documented refusal.

Of HTTP it uses the header's text only. Codes: https://learn.microsoft.com/en-us/partner-center/developer/error-codes ;
the report accepts App+User tokens only, and 900421 is the answer to a token without the claim of multifactor
authentication, which is enforced since June 2026.
"""

from collections.abc import Callable

from bot.simulator.access_tokens import ROLES, SCOPE, TokenClaims, TokenError, TokenRefusalReason
from bot.simulator.partner_center.wire.service_refusals import ServiceRefusedError

Verify = Callable[[str], TokenClaims]

READERS = frozenset({*ROLES, "SalesAgents", "HelpdeskAgents"})


def valid_claims(authorization: str | None, verify: Verify) -> TokenClaims:
    """Return the claims of a valid token. Raises ServiceRefusedError 401."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise ServiceRefusedError(401, "800001", "The partner token is missing in the request context.")
    try:
        return verify(token.strip())
    except TokenError as problem:
        if problem.reason is TokenRefusalReason.AUDIENCE:
            raise ServiceRefusedError(401, "900420", "The audience of the access token is invalid.") from None
        raise ServiceRefusedError(
            401, "400", f"Access denied: the access token is not valid ({problem.reason})."
        ) from None


def admit(claims: TokenClaims, *, mfa_required: bool, app_only: bool = False) -> None:
    """Check that a caller with these claims may read the report.

    `app_only`: who may read the list of customers. It accepts App tokens too: https://learn.microsoft.com/en-us/partner-center/developer/get-a-list-of-customers
    Raises ServiceRefusedError 401 or 403.
    """
    if claims.app_only:
        if app_only:
            return
        raise ServiceRefusedError(403, "900329", "This resource does not support app-only authentication.")
    if SCOPE not in claims.scopes:
        raise ServiceRefusedError(403, "900308", "The access token has insufficient privileges.")
    if mfa_required and not has_mfa(claims):
        raise ServiceRefusedError(401, "900421", "The access token lacks the claim of multifactor authentication.")
    if not claims.roles & READERS:
        raise ServiceRefusedError(
            403, "900150", "The supplied role does not have the rights to perform the requested operation."
        )


def has_mfa(claims: TokenClaims) -> bool:
    return "mfa" in claims.amr
