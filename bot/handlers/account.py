"""Use case: signing in and out, and as whom somebody is signed in."""

from datetime import UTC, date, datetime

from bot.commands.command import Account, ForgetMe, SignIn, SignOut
from bot.commands.show import show
from bot.errors import NotSignedInError
from bot.handlers.services import Services
from bot.handlers.trouble import trouble
from bot.model import Caller
from cards.views import AccountView, View


async def answer(command: Account, caller: Caller, services: Services) -> View:
    """What became of it. Raises StoreError."""
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
    if account is None:
        asked = isinstance(command, SignIn)
        return trouble(NotSignedInError("asked to sign in"), show(command)) if asked else AccountView("not_signed_in")
    since = _day(account.since, services, caller)
    return AccountView("signed_in", account.name or caller.name, caller.tenant_id, since)


async def _forget(caller: Caller, services: Services) -> View:
    """Digests first: they are what would go on acting for a person who is gone."""
    if services.digests is not None:
        await services.digests.forget(caller)
    if services.accounts is not None:
        await services.accounts.sign_out(caller)
    services.directories.forget(caller)
    services.recent.forget(caller)
    return AccountView("forgotten")


def _day(seconds: float, services: Services, caller: Caller) -> date:
    return datetime.fromtimestamp(seconds, UTC).astimezone(services.zone(caller)).date()
