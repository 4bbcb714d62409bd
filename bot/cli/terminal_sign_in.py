"""The person at this terminal and their tokens.

They sign in with a device code, or the environment holds a token.
"""

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

import requests

from bot.cli.environment_token import EnvironmentToken
from bot.cli.output.streams import printable
from bot.domain.conversation import Caller
from bot.errors import SettingsError
from bot.identity.entra.device_code import DeviceCode, DeviceSignIn
from bot.partner_center.token_source import TokenSource
from bot.settings import Settings
from cards.wording.locale_words import LocaleWords

# A token in the environment does not say who its person is. No directory has these ids.
ID = "00000000-0000-0000-0000-000000000000"
TERMINAL_CALLER = Caller(ID, ID, "the person of USAGEBOT_ACCESS_TOKEN")


@asynccontextmanager
async def signed_in(
    settings: Settings,
    *,
    locale: str = "en-US",
    session: requests.Session | None = None,
    told: Callable[[str], None] | None = None,
) -> AsyncIterator[tuple[TokenSource, Caller]]:
    """Yield the tokens of the person at this terminal, and who that is.

    `session` carries MSAL's requests. `told` is called with the instructions, which are printed as well. Raises
    SettingsError if there is nothing to sign in with, NotSignedInError and EntraError if the sign-in fails.
    """
    require_sign_in(settings)
    if settings.access_token:
        yield EnvironmentToken(settings.access_token), replace(TERMINAL_CALLER, locale=locale)
        return
    device = DeviceSignIn(
        settings.app_id,
        settings.app_tenant_id,
        partial(_tell_code, LocaleWords.load(locale), told),
        login_url=settings.login_url,
        session=session,
    )
    try:
        yield device, await device.sign_in(locale)
    finally:
        device.close()


def require_sign_in(settings: Settings) -> None:
    """Raise SettingsError if there is nothing to sign in with."""
    if settings.access_token or (settings.app_id and settings.app_tenant_id):
        return
    raise SettingsError(
        "USAGEBOT_APP_ID",
        "is not set. Without --demo, it and USAGEBOT_APP_TENANT_ID name the Entra registration to sign in with; "
        "USAGEBOT_ACCESS_TOKEN may hold your App+User token instead. With --demo no setting is needed.",
    )


def _tell_code(words: LocaleWords, told: Callable[[str], None] | None, code: DeviceCode) -> None:
    """Print the instructions on stderr: stdout carries answers only."""
    minutes = max(1, code.seconds // 60)
    url, user_code = printable(code.url), printable(code.user_code)
    text = words.say("terminal.sign_in", url=url, code=user_code, count=minutes)
    print(text, file=sys.stderr, flush=True)
    if told is not None:
        told(text)
