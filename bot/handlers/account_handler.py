"""Use case: signing in and out, and as whom somebody is signed in."""

from datetime import UTC, date, datetime

from bot.commands.command import Account, ForgetMe, SignIn, SignOut, WhoAmI
from bot.domain.conversation import Caller
from bot.errors import EntraError, MfaRequiredError, NotSignedInError, PartnerCenterError
from bot.language.sentence.command_sentence import sentence_of
from bot.partner_center.usage_client import AccessStatus
from bot.usage.error_view import error_view
from bot.usage.usage_services import UsageServices
from cards.views.answer_views import AccessStatusView, AccountView, View

# Answered after a sign-in that was asked for: what came of it. "sign in" once more could ask for a second factor of
# somebody who has just been signed in silently without one, while Partner Center still does not.
AFTERWARDS = sentence_of(WhoAmI())


async def answer(command: Account, caller: Caller, services: UsageServices) -> View:
    """What became of it. Raises StoreError, and NotSignedInError where a sign-in that is kept is no longer good."""
    accounts = services.accounts
    if isinstance(command, ForgetMe):
        return await _forget(caller, services)
    if accounts is None:
        return AccountView("not_needed")
    if isinstance(command, SignOut):
        signed_out = await accounts.sign_out(caller)
        services.directories.forget(caller)
        services.recent.forget(caller)
        return AccountView("signed_out" if signed_out else "not_signed_in")
    account = await accounts.signed_in(caller)
    asked = isinstance(command, SignIn)
    if account is None:
        return error_view(NotSignedInError("asked to sign in"), AFTERWARDS) if asked else AccountView("not_signed_in")
    standing = await _standing(caller, services)
    if asked and _lacks_second_factor(standing):
        return error_view(MfaRequiredError("asked to sign in once more"), AFTERWARDS)
    since = _day(account.since, services, caller)
    return AccountView("signed_in", account.name or caller.name, caller.tenant_id, since, _told(standing))


async def _standing(caller: Caller, services: UsageServices) -> AccessStatus | PartnerCenterError | EntraError:
    """Asked for each time: roles come and go, and who asks wants to know how it is now. Raises NotSignedInError."""
    try:
        return await services.partner_center.standing(caller)
    except (PartnerCenterError, EntraError) as error:
        return error


def _lacks_second_factor(standing: AccessStatus | PartnerCenterError | EntraError) -> bool:
    return isinstance(standing, AccessStatus) and (
        standing.second_factor is False or isinstance(standing.refusal, MfaRequiredError)
    )


def _told(standing: AccessStatus | PartnerCenterError | EntraError) -> AccessStatusView:
    if not isinstance(standing, AccessStatus):
        return AccessStatusView("unknown", why=error_view(standing))
    if standing.refusal is None:
        return AccessStatusView("shown", standing.second_factor)
    return AccessStatusView("refused", standing.second_factor, error_view(standing.refusal))


async def _forget(caller: Caller, services: UsageServices) -> View:
    """Digests first: they are what would go on acting for a person who is gone."""
    if services.digests is not None:
        await services.digests.forget(caller)
    if services.accounts is not None:
        await services.accounts.sign_out(caller)
    services.directories.forget(caller)
    services.recent.forget(caller)
    if services.digests is not None:
        await services.digests.scrub()
    return AccountView("forgotten")


def _day(seconds: float, services: UsageServices, caller: Caller) -> date:
    return datetime.fromtimestamp(seconds, UTC).astimezone(services.zone(caller)).date()
