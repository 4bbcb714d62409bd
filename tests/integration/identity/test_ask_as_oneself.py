"""`usagebot ask` without --demo.

The person at the terminal signs in with a code and is the caller.
"""

import asyncio
import re
from typing import Any

import pytest

from bot.app.answering import engine
from bot.cli.environment_token import EnvironmentToken
from bot.cli.terminal_sign_in import signed_in
from bot.errors import SettingsError
from bot.settings import Settings
from bot.simulator.entra import SimulatedEntra, User
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import make_world, partner_center_app
from cards.views.answer_views import UsageView
from tests.shown_figures import shown as figures


async def test_a_question_is_answered_after_a_device_code_sign_in(
    entra: SimulatedEntra, app_id: str, library: Any, ada: User, browser: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    report = await listen(partner_center_app(make_world(customers=30, seed=1), verify=entra.authority.verify))
    settings = Settings(app_id=app_id, app_tenant_id=library.tenant, partner_center_url=report.url)
    transport = LoopbackAuthority(entra.url)

    async def ask() -> Any:
        async with signed_in(settings, session=transport) as (tokens, caller), engine(settings, tokens) as parts:
            return caller, await parts.answers.answer("usage for TEST COMPANY on Exchange", caller)

    asking = asyncio.create_task(ask())
    shown = ""
    while not (found := re.search(r"open (\S+) and type (\S+) within", shown)):
        await asyncio.sleep(0.02)
        shown += capsys.readouterr().err
    await browser.open(found[1])
    await browser.press("Next", code=found[2])
    await browser.press("Continue as Ada Agent")
    caller, view = await asking
    transport.close()
    await report.close()
    assert caller.object_id == ada.object_id
    assert isinstance(view, UsageView)
    assert view.total == figures(0, 1)


async def test_a_token_from_the_environment_is_used_unchanged() -> None:
    async with signed_in(Settings(access_token="given")) as (tokens, caller):
        assert isinstance(tokens, EnvironmentToken)
        assert await tokens.token(caller) == "given"


async def test_the_error_names_the_setting_when_neither_is_set() -> None:
    with pytest.raises(SettingsError, match="USAGEBOT_APP_TENANT_ID"):
        async with signed_in(Settings()):
            raise AssertionError("nobody has signed in")
