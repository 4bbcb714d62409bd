"""Does it work for a person who signs in: consent, second factor, role? Knows the sign-in it is handed, and asks once.

Who may read the report: https://learn.microsoft.com/en-us/partner-center/developer/partner-center-authentication
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import aiohttp

from bot.doctor.finding import Finding, failed, ok, skipped, warning
from bot.domain.conversation import Caller
from bot.errors import (
    AccessDeniedError,
    AppOnlyRefusedError,
    ClaimsRequiredError,
    ConditionalAccessError,
    ConsentRequiredError,
    EndpointMissingError,
    EntraDownError,
    EntraError,
    EntraRefusedError,
    MfaRequiredError,
    NotSignedInError,
    PartnerCenterError,
    RoleMissingError,
    UsageBotError,
)
from bot.partner_center.token_source import TokenSource
from bot.partner_center.usage_client import AccessStatus, PartnerCenter, ReportEndpoint
from bot.settings import Settings

CONSENT, SECOND_FACTOR, ROLE = "sign-in and consent", "second factor", "role"

SignIn = Callable[[], AbstractAsyncContextManager[tuple[TokenSource, Caller]]]

_ROLES = "Admin agent, Sales agent or Helpdesk agent"
_MFA = (
    "Require multifactor authentication for this person (Conditional Access, or security defaults), and sign in again "
    "with it."
)


async def person(sign_in: SignIn, settings: Settings, session: aiohttp.ClientSession, seconds: float) -> list[Finding]:
    """Three findings about whoever signs in now. Waits as long as the sign-in does, `seconds` for the report."""
    try:
        async with sign_in() as (tokens, caller):
            endpoint = ReportEndpoint(settings.partner_center_url, settings.partner_center_prefix)
            standing = await _standing(PartnerCenter(session, endpoint, tokens), caller, seconds)
    except UsageBotError as error:
        what, mend = _not_signed_in(error, settings)
        return [failed(CONSENT, what, mend), skipped(SECOND_FACTOR, CONSENT), skipped(ROLE, CONSENT)]
    consent = ok(CONSENT, f"signed in as {caller.name or 'nobody by name'}; the bot may ask Partner Center for them")
    if settings.access_token:
        consent = ok(CONSENT, "nobody was asked to sign in: USAGEBOT_ACCESS_TOKEN is used")
    if isinstance(standing, PartnerCenterError):
        what, mend = _unanswered(standing)
        return [consent, skipped(SECOND_FACTOR, ROLE), failed(ROLE, what, mend)]
    return [consent, second_factor(standing), role(standing)]


async def _standing(partner_center: PartnerCenter, caller: Caller, seconds: float) -> AccessStatus | PartnerCenterError:
    try:
        return await partner_center.standing(caller, seconds=seconds)
    except PartnerCenterError as error:
        return error


def second_factor(standing: AccessStatus) -> Finding:
    """What Partner Center says of the token's second factor."""
    if isinstance(standing.refusal, MfaRequiredError):
        return failed(
            SECOND_FACTOR, f"Partner Center refuses this sign-in for want of one{_of(standing.refusal)}", _MFA
        )
    if standing.second_factor is None:
        return warning(SECOND_FACTOR, "Partner Center does not tell", f"If it refuses people for it later: {_MFA}")
    if standing.second_factor:
        return ok(SECOND_FACTOR, "Partner Center sees one")
    return warning(SECOND_FACTOR, "there was none, and Partner Center is about to refuse such sign-ins", _MFA)


def role(standing: AccessStatus) -> Finding:
    """Whether Partner Center shows the report to this person, and if not, why."""
    error = standing.refusal
    if error is None:
        return ok(ROLE, "Partner Center shows the usage report to this person")
    if isinstance(error, MfaRequiredError):
        return skipped(ROLE, SECOND_FACTOR)
    what, mend = _refused(error)
    return failed(ROLE, what, mend)


def _refused(error: PartnerCenterError) -> tuple[str, str]:
    """What Partner Center's refusal means, by its code."""
    told = _of(error)
    if isinstance(error, RoleMissingError):
        return f"this person's role does not allow the report{told}", (
            f"In Partner Center under Account settings, User management, give them a role that does: {_ROLES}."
        )
    if isinstance(error, ConditionalAccessError):
        return f"a Conditional Access policy keeps this person out{told}", (
            "Look at the person's sign-in log in Entra for the policy, and sign in from where it allows."
        )
    if isinstance(error, AppOnlyRefusedError):
        return f"the token is an application's, not a person's{told}", (
            "Unset USAGEBOT_ACCESS_TOKEN, or set it to a token that a person signed in for."
        )
    if isinstance(error, AccessDeniedError):
        return f"Partner Center denies access and does not say why{told}", (
            f"Check that they sign in to the tenant of the Partner Center account and have a role there: {_ROLES}. "
            "Partner Center's API does not serve indirect resellers."
        )
    if error.code == "900420":
        return f"the token is for another API{told}", (
            "The registration needs the delegated permission Microsoft Partner Center, user_impersonation; a token in "
            "USAGEBOT_ACCESS_TOKEN has to be for https://api.partnercenter.microsoft.com."
        )
    return f"Partner Center does not take the token{told}", (
        "Check that the person signs in to the tenant of the Partner Center account, and that the registration has the "
        "delegated permission Microsoft Partner Center, user_impersonation."
    )


def _unanswered(error: PartnerCenterError) -> tuple[str, str]:
    """No answer that says anything about the person."""
    if isinstance(error, EndpointMissingError):
        return f"the report is not at this address{_of(error)}", (
            "Set USAGEBOT_PARTNER_CENTER_PREFIX to the other of /partner/v1 and /v1."
        )
    return f"Partner Center did not answer ({type(error).__name__.removesuffix('Error')}){_of(error)}", (
        "Try again in some minutes."
    )


def _not_signed_in(error: UsageBotError, settings: Settings) -> tuple[str, str]:
    """Why nobody is signed in; what concerns the registration names its page."""
    consent = f"{settings.login_url}/{settings.app_tenant_id}/adminconsent?client_id={settings.app_id}"
    grant = f"An administrator grants it for everybody at {consent}"
    if isinstance(error, ConsentRequiredError):
        return "nobody has consented yet that the bot asks Partner Center for people (AADSTS65001)", f"{grant} ."
    if isinstance(error, ClaimsRequiredError):
        return "Entra wants more of this person, such as a second factor or a managed device", (
            "Sign in again in a browser that satisfies the policies of your tenant."
        )
    if isinstance(error, NotSignedInError):
        return "nobody finished the sign-in", (
            f"Run it again, and finish in the browser. If the page asks for an administrator's approval: {grant} ."
        )
    if isinstance(error, EntraError):
        return _no_token(error)
    return str(error), "Correct the setting."


def _no_token(error: EntraError) -> tuple[str, str]:
    code = f" ({error.code})" if error.code else ""
    if isinstance(error, EntraDownError):
        return "Entra gave no answer", "Try again in some minutes."
    if isinstance(error, EntraRefusedError):
        return f"Entra does not let this person in{code}", (
            "Look at their sign-in log in Entra: a Conditional Access policy, or no assignment to the application."
        )
    if error.code == "AADSTS7000218":
        return f"the registration does not allow signing in with a code{code}", (
            "Under Authentication, Advanced settings: Allow public client flows, Yes. Only the terminal needs it."
        )
    if error.code == "AADSTS500011":
        return f"Partner Center's API is not known in the tenant{code}", (
            "`az ad sp create --id fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd`, then grant consent."
        )
    return f"Entra does not accept the bot{code}", "Compare the registration with OPERATIONS.md, section Sign-in."


def _of(error: PartnerCenterError) -> str:
    """What support asks for, in brackets."""
    code = f"{error.status or ''} {error.code or ''}".strip()
    told = ", ".join(part for part in (code, error.correlation_id and f"correlation id {error.correlation_id}") if part)
    return f" ({told})" if told else ""
