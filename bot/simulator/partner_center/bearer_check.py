"""Check a bearer token: return its claims, or raise the documented refusal.

Of HTTP it uses the header's text only. Codes: https://learn.microsoft.com/en-us/partner-center/developer/error-codes ;
the report accepts App+User tokens only, and 900421 is the answer when multifactor authentication is enforced.
"""

from collections.abc import Callable

from bot.simulator.access_tokens import ROLES, SCOPE, TokenClaims, TokenError, TokenRefusalReason
from bot.simulator.partner_center.wire.service_refusals import ServiceRefusedError

Verify = Callable[[str], TokenClaims]

READERS = frozenset({*ROLES, "SalesAgents", "HelpdeskAgents"})


def admit(authorization: str | None, verify: Verify, *, mfa_required: bool, app_only: bool = False) -> TokenClaims:
    """Return the claims of a caller who may read the report.

    `app_only`: who may read the list of customers. It accepts App tokens too: https://learn.microsoft.com/en-us/partner-center/developer/get-a-list-of-customers
    Raises ServiceRefusedError 401 or 403.
    """
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise ServiceRefusedError(401, "800001", "The partner token is missing in the request context.")
    try:
        claims = verify(token.strip())
    except TokenError as problem:
        if problem.reason is TokenRefusalReason.AUDIENCE:
            raise ServiceRefusedError(401, "900420", "The audience of the access token is invalid.") from None
        raise ServiceRefusedError(
            401, "400", f"Access denied: the access token is not valid ({problem.reason})."
        ) from None
    if not claims.scopes:
        if app_only:
            return claims
        raise ServiceRefusedError(403, "900329", "This resource does not support app-only authentication.")
    if SCOPE not in claims.scopes:
        raise ServiceRefusedError(403, "900308", "The access token has insufficient privileges.")
    if mfa_required and not has_mfa(claims):
        raise ServiceRefusedError(401, "900421", "The access token lacks the claim of multifactor authentication.")
    if not claims.roles & READERS:
        raise ServiceRefusedError(
            403, "900150", "The supplied role does not have the rights to perform the requested operation."
        )
    return claims


def has_mfa(claims: TokenClaims) -> bool:
    return "mfa" in claims.amr
