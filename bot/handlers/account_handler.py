"""Use case: sign in, sign out, show the account, erase the user's data."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.commands.command import Account, ForgetMe, SignIn, SignOut, WhoAmI
from bot.domain.caller_zone import zone_of
from bot.domain.conversation import Caller
from bot.errors import (
    ClaimsChallengeError,
    ClaimsRequiredError,
    EntraError,
    FactorNotPassedOnError,
    MfaRequiredError,
    NotSignedInError,
    PartnerCenterError,
)
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import Handler
from bot.partner_center.usage_client import AccessStatus
from bot.usage.error_view import error_view
from bot.usage.usage_services import Accounts, UsageServices
from cards.views.answer_views import AccessStatusView, AccountView, SignInView, View

# Answered after a sign-in that the user asked for: it shows the result. "sign in" again could ask for a second factor:
# the sign-in may have been silent, without a second factor, and Partner Center still reports that it is missing.
AFTERWARDS = WhoAmI()


async def answer(command: Account, asked: HandlerContext) -> View:
    """Return the result of the command.

    Raises StoreError, and NotSignedInError when the stored sign-in is no longer valid.
    """
    caller, services = asked.caller, asked.services
    accounts = services.accounts
    if isinstance(command, ForgetMe):
        return await _forget(asked)
    if accounts is None:
        return AccountView("not_needed")
    if isinstance(command, SignOut):
        signed_out = await accounts.sign_out(caller)
        services.forget(caller)
        return AccountView("signed_out" if signed_out else "not_signed_in")
    account = await accounts.signed_in(caller)
    signing_in = isinstance(command, SignIn)
    if account is None:
        return _sign_in(NotSignedInError("asked to sign in")) if signing_in else AccountView("not_signed_in")
    claims = await accounts.demanded(caller) if signing_in else None
    status = await _access_status(caller, services)
    in_vain = claims is None and await _in_vain(status, caller, accounts)
    demanded = _demanded(status) if claims is None else ClaimsRequiredError(claims)
    if signing_in and demanded is not None:
        return _sign_in(demanded, in_vain=in_vain)
    since = _day(account.since, caller)
    standing = _access_view(status, in_vain=in_vain)
    return AccountView("signed_in", account.name or caller.name, caller.tenant_id, since, standing)


def _sign_in(problem: NotSignedInError | MfaRequiredError, *, in_vain: bool = False) -> View:
    """Return the request to sign in. It says so if a sign-in has not helped."""
    view = error_view(problem, AFTERWARDS)
    if not isinstance(view, SignInView):
        return view
    return replace(view, problem="factor_not_passed_on" if in_vain else view.problem, waits=False)


async def _in_vain(status: AccessStatus | PartnerCenterError | EntraError, caller: Caller, accounts: Accounts) -> bool:
    """Return True if another sign-in does not bring the second factor that is missing. Raises StoreError."""
    if not isinstance(status, AccessStatus) or isinstance(status.refusal, ClaimsChallengeError):
        return False
    if isinstance(status.refusal, FactorNotPassedOnError):
        return True
    return status.second_factor is False and await accounts.was_asked_for_factor(caller)


async def _access_status(caller: Caller, services: UsageServices) -> AccessStatus | PartnerCenterError | EntraError:
    """Return what Partner Center reports about the caller's access now, or why it is not known.

    It is fetched each time, because roles change and the caller asks for the present state. Raises NotSignedInError.
    """
    try:
        return await services.partner_center.standing(caller)
    except (PartnerCenterError, EntraError) as error:
        return error


def _demanded(status: AccessStatus | PartnerCenterError | EntraError) -> MfaRequiredError | NotSignedInError | None:
    """Return what another sign-in has to satisfy, None if nothing is demanded.

    The person asked for it, so it is tried also if the last one did not help: the cause may have been mended.
    """
    if not isinstance(status, AccessStatus):
        return None
    if isinstance(status.refusal, ClaimsChallengeError):
        return ClaimsRequiredError(status.refusal.claims)
    lacking = status.second_factor is False or isinstance(status.refusal, MfaRequiredError | FactorNotPassedOnError)
    return MfaRequiredError("asked to sign in once more") if lacking else None


def _access_view(status: AccessStatus | PartnerCenterError | EntraError, *, in_vain: bool = False) -> AccessStatusView:
    if not isinstance(status, AccessStatus):
        return AccessStatusView("unknown", why=error_view(status))
    in_vain = in_vain and status.second_factor is False
    if status.refusal is None:
        return AccessStatusView("shown", status.second_factor, in_vain=in_vain)
    return AccessStatusView("refused", status.second_factor, error_view(status.refusal), in_vain)


async def _forget(asked: HandlerContext) -> View:
    """Erase the caller's data. Digests are erased first: they would otherwise run for a user whose data is gone."""
    caller, services = asked.caller, asked.services
    if asked.digests is not None:
        await asked.digests.forget(caller)
    if services.accounts is not None:
        await services.accounts.sign_out(caller)
    services.forget(caller)
    await services.memory.forget(caller)
    if asked.digests is not None:
        await asked.digests.scrub()
    return AccountView("forgotten")


def _day(seconds: float, caller: Caller) -> date:
    return datetime.fromtimestamp(seconds, zone_of(caller)).date()


HANDLERS: Mapping[str, Handler] = dict.fromkeys(("sign_in", "sign_out", "who_am_i", "forget_me"), answer)
