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
from bot.usage.usage_services import UsageServices
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
        services.directories.forget(caller)
        services.recent.forget(caller)
        return AccountView("signed_out" if signed_out else "not_signed_in")
    account = await accounts.signed_in(caller)
    signing_in = isinstance(command, SignIn)
    if account is None:
        return _sign_in(NotSignedInError("asked to sign in")) if signing_in else AccountView("not_signed_in")
    status = await _access_status(caller, services)
    if signing_in and (demanded := _demanded(status)) is not None:
        return _sign_in(demanded)
    since = _day(account.since, caller)
    return AccountView("signed_in", account.name or caller.name, caller.tenant_id, since, _access_view(status))


def _sign_in(problem: NotSignedInError | MfaRequiredError) -> View:
    view = error_view(problem, AFTERWARDS)
    return replace(view, waits=False) if isinstance(view, SignInView) else view


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


def _access_view(status: AccessStatus | PartnerCenterError | EntraError) -> AccessStatusView:
    if not isinstance(status, AccessStatus):
        return AccessStatusView("unknown", why=error_view(status))
    if status.refusal is None:
        return AccessStatusView("shown", status.second_factor)
    return AccessStatusView("refused", status.second_factor, error_view(status.refusal))


async def _forget(asked: HandlerContext) -> View:
    """Erase the caller's data. Digests are erased first: they would otherwise run for a user whose data is gone."""
    caller, services = asked.caller, asked.services
    if asked.digests is not None:
        await asked.digests.forget(caller)
    if services.accounts is not None:
        await services.accounts.sign_out(caller)
    services.directories.forget(caller)
    services.recent.forget(caller)
    await services.memory.forget(caller)
    if asked.digests is not None:
        await asked.digests.scrub()
    return AccountView("forgotten")


def _day(seconds: float, caller: Caller) -> date:
    return datetime.fromtimestamp(seconds, zone_of(caller)).date()


HANDLERS: Mapping[str, Handler] = dict.fromkeys(("sign_in", "sign_out", "who_am_i", "forget_me"), answer)
