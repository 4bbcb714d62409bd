"""Check that a person can sign in and read the report.

That takes consent, a second factor and a role. Uses the sign-in that the caller passes, and sends one request. Who may
read the report:
https://learn.microsoft.com/en-us/partner-center/developer/partner-center-authentication
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import aiohttp

from bot.doctor.finding import Finding, failed, ok, skipped, warning
from bot.domain.conversation import Caller
from bot.errors import (
    AccessDeniedError,
    AppOnlyRefusedError,
    ClaimsChallengeError,
    ClaimsRequiredError,
    ConditionalAccessError,
    ConsentRequiredError,
    EndpointMissingError,
    EntraDownError,
    EntraError,
    EntraRefusedError,
    FactorNotPassedOnError,
    MfaRequiredError,
    NotSignedInError,
    PartnerCenterError,
    RoleMissingError,
    StillChallengedError,
    UsageBotError,
)
from bot.partner_center.token_source import TokenSource
from bot.partner_center.usage_client import AccessStatus, PartnerCenter, ReportEndpoint
from bot.settings import Settings
from bot.usage.error_view import error_view
from cards.answers.forward_text import forwarded
from cards.answers.problem_card import error_summary
from cards.wording.locale_words import LocaleWords

CONSENT, SECOND_FACTOR, ROLE = "sign-in and consent", "second factor", "role"

SignIn = Callable[[], AbstractAsyncContextManager[tuple[TokenSource, Caller]]]

_ROLES = "Admin agent, Sales agent or Helpdesk agent"
_MFA = (
    "Require multifactor authentication for this person (Conditional Access, or security defaults), and sign in again "
    "with it."
)
_CHALLENGE = (
    "Look at the person's sign-in log in Entra: a Conditional Access policy for Partner Center requires it. In Teams "
    "the bot asks for it."
)


async def person(sign_in: SignIn, settings: Settings, session: aiohttp.ClientSession, seconds: float) -> list[Finding]:
    """Return three findings about the person who signs in now.

    Waits as long as the sign-in does, then `seconds` for the report.
    """
    try:
        async with sign_in() as (tokens, caller):
            endpoint = ReportEndpoint(settings.partner_center_url, settings.partner_center_prefix)
            access = await _access(PartnerCenter(session, endpoint, tokens), caller, seconds)
    except UsageBotError as error:
        what, mend = _not_signed_in(error, settings)
        return [failed(CONSENT, what, mend), skipped(SECOND_FACTOR, CONSENT), skipped(ROLE, CONSENT)]
    consent = ok(
        CONSENT, f"signed in as {caller.name or 'a person without a name'}; the bot may call Partner Center for them"
    )
    if settings.access_token:
        consent = ok(CONSENT, "no sign-in was needed: USAGEBOT_ACCESS_TOKEN is used")
    if isinstance(access, PartnerCenterError):
        what, mend = _unanswered(access)
        return [consent, skipped(SECOND_FACTOR, ROLE), failed(ROLE, what, mend)]
    return [consent, second_factor(access), role(access)]


async def _access(partner_center: PartnerCenter, caller: Caller, seconds: float) -> AccessStatus | PartnerCenterError:
    try:
        return await partner_center.standing(caller, seconds=seconds)
    except PartnerCenterError as error:
        return error


def second_factor(access: AccessStatus) -> Finding:
    """Return what Partner Center reports about the token's second factor."""
    if isinstance(access.refusal, MfaRequiredError):
        return failed(
            SECOND_FACTOR, f"Partner Center refuses this sign-in because there was none{_of(access.refusal)}", _MFA
        )
    if isinstance(access.refusal, FactorNotPassedOnError | StillChallengedError):
        missing = isinstance(access.refusal, FactorNotPassedOnError)
        what = "it does not reach Partner Center" if missing else "a policy still refuses this sign-in"
        return failed(SECOND_FACTOR, f"{what}{_of(access.refusal)}", _as_card(access.refusal))
    if isinstance(access.refusal, ClaimsChallengeError):
        what = f"Partner Center requires something else of the sign-in{_of(access.refusal)}"
        return failed(SECOND_FACTOR, what, _CHALLENGE)
    if access.second_factor is None:
        return warning(SECOND_FACTOR, "Partner Center does not report it", f"If it refuses people for it later: {_MFA}")
    if access.second_factor:
        return ok(SECOND_FACTOR, "Partner Center reports one")
    return warning(SECOND_FACTOR, "there was none, and Partner Center will soon refuse such sign-ins", _MFA)


def role(access: AccessStatus) -> Finding:
    """Check that Partner Center shows the report to this person; if not, say why."""
    error = access.refusal
    if error is None:
        return ok(ROLE, "Partner Center shows the usage report to this person")
    if isinstance(error, MfaRequiredError | FactorNotPassedOnError | ClaimsChallengeError):
        return skipped(ROLE, SECOND_FACTOR)
    what, mend = _refused(error)
    return failed(ROLE, what, mend)


def _as_card(error: PartnerCenterError) -> str:
    """Return what the card says: what to do, with whom, and the text to forward."""
    view, words = error_view(error), LocaleWords.load("en")
    return f"{error_summary(view, words)} {words.say('support.forward')} {forwarded(view, words)}"


def _refused(error: PartnerCenterError) -> tuple[str, str]:
    """Return what Partner Center's refusal means, by its code, and the remedy."""
    details = _of(error)
    if isinstance(error, RoleMissingError):
        return f"this person's role does not allow the report{details}", (
            f"In Partner Center under Account settings, User management, give them a role that does: {_ROLES}."
        )
    if isinstance(error, ConditionalAccessError):
        return f"a Conditional Access policy keeps this person out{details}", (
            "Look at the person's sign-in log in Entra for the policy, and sign in from where it allows."
        )
    if isinstance(error, AppOnlyRefusedError):
        return f"the token is an application's, not a person's{details}", (
            "Unset USAGEBOT_ACCESS_TOKEN, or set it to a token that a person signed in for."
        )
    if isinstance(error, AccessDeniedError):
        return f"Partner Center denies access and does not say why{details}", (
            f"Check that they sign in to the tenant of the Partner Center account and have a role there: {_ROLES}. "
            "Partner Center's API does not serve indirect resellers."
        )
    if error.code == "900420":
        return f"the token is for another API{details}", (
            "The registration needs the delegated permission Microsoft Partner Center, user_impersonation; a token in "
            "USAGEBOT_ACCESS_TOKEN has to be for https://api.partnercenter.microsoft.com."
        )
    return f"Partner Center does not take the token{details}", (
        "Check that the person signs in to the tenant of the Partner Center account, and that the registration has the "
        "delegated permission Microsoft Partner Center, user_impersonation."
    )


def _unanswered(error: PartnerCenterError) -> tuple[str, str]:
    """Return the problem and the remedy if the answer says nothing about the person."""
    if isinstance(error, EndpointMissingError):
        return f"the report is not at this address{_of(error)}", (
            "Set USAGEBOT_PARTNER_CENTER_PREFIX to the other of /partner/v1 and /v1."
        )
    return f"Partner Center did not answer ({type(error).__name__.removesuffix('Error')}){_of(error)}", (
        "Try again in some minutes."
    )


def _not_signed_in(error: UsageBotError, settings: Settings) -> tuple[str, str]:
    """Return why the sign-in failed, and the remedy.

    If the registration is the reason, the remedy names its page.
    """
    consent = f"{settings.login_url}/{settings.app_tenant_id}/adminconsent?client_id={settings.app_id}"
    grant = f"An administrator grants it for everyone at {consent}"
    if isinstance(error, ConsentRequiredError):
        return "consent is missing: the bot may not call Partner Center for users yet (AADSTS65001)", f"{grant} ."
    if isinstance(error, ClaimsRequiredError):
        return "Entra requires more from this person, such as a second factor or a managed device", (
            "Sign in again in a browser that satisfies the policies of your tenant."
        )
    if isinstance(error, NotSignedInError):
        return "the sign-in was not finished", (
            "Run it again, and finish in the browser. If the page asks for a second factor, set one up there; if it "
            f"asks for an administrator's approval: {grant} ."
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
        return f"Partner Center's API has no service principal in the tenant{code}", (
            "`az ad sp create --id fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd`, then grant consent."
        )
    return f"Entra does not accept the bot{code}", "Compare the registration with OPERATIONS.md, section Sign-in."


def _of(error: PartnerCenterError) -> str:
    """Return what support asks for, in brackets."""
    code = f"{error.status or ''} {error.code or ''}".strip()
    details = ", ".join(
        part for part in (code, error.correlation_id and f"correlation id {error.correlation_id}") if part
    )
    return f" ({details})" if details else ""
