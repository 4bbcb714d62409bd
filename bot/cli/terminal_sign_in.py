"""Who asks in this terminal, and with whose token: signed in with a code, or with a token from the environment."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import requests

from bot.cli.environment_token import EnvironmentToken
from bot.cli.output.streams import printable
from bot.demo.demo_services import ASKER
from bot.domain.conversation import Caller
from bot.errors import SettingsError
from bot.identity.entra.device_code import DeviceCode, DeviceSignIn
from bot.partner_center.token_source import TokenSource
from bot.settings import Settings


@asynccontextmanager
async def signed_in(
    settings: Settings, *, locale: str = "en-US", session: requests.Session | None = None
) -> AsyncIterator[tuple[TokenSource, Caller]]:
    """The tokens of the person at this terminal, and who that is; `session` is what MSAL's requests go through.

    Raises SettingsError where there is nothing to sign in with, NotSignedInError and EntraError where it fails.
    """
    if settings.access_token:
        yield EnvironmentToken(settings.access_token), ASKER
        return
    if not (settings.app_id and settings.app_tenant_id):
        raise SettingsError(
            "USAGEBOT_APP_ID",
            "is not set. Without --demo, it and USAGEBOT_APP_TENANT_ID say with which Entra registration to sign in; "
            "USAGEBOT_ACCESS_TOKEN may hold your App+User token instead. With --demo nothing is needed.",
        )
    device = DeviceSignIn(settings.app_id, settings.app_tenant_id, _tell, session=session)
    try:
        yield device, await device.sign_in(locale)
    finally:
        device.close()


def _tell(code: DeviceCode) -> None:
    """On stderr: a pipe carries answers only."""
    minutes = max(1, code.seconds // 60)
    url, user_code = printable(code.url), printable(code.user_code)
    print(f"To sign in, open {url} and type {user_code} within {minutes} minutes.", file=sys.stderr, flush=True)
