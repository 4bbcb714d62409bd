"""`usagebot ask` without --demo.

The person at the terminal signs in with a code and is the caller.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.app.answering import engine
from bot.cli.environment_token import EnvironmentToken
from bot.cli.output.view_text import show_view
from bot.cli.terminal_sign_in import signed_in
from bot.errors import NotSignedInError, SettingsError, UsageBotError
from bot.settings import Settings
from bot.simulator.entra import SimulatedEntra, User
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import make_world, partner_center_app
from bot.usage.error_view import error_view
from cards.views.answer_views import UsageView
from tests.shown_figures import shown as figures


@pytest.fixture
async def ask(
    entra: SimulatedEntra, app_id: str, library: Any, ada: User, browser: Any, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[Callable[..., Any]]:
    """Return a function in which Ada asks and signs in by pressing buttons."""
    report = await listen(partner_center_app(make_world(customers=30, seed=1), verify=entra.authority.verify))
    settings = Settings(app_id=app_id, app_tenant_id=library.tenant, partner_center_url=report.url)
    transport = LoopbackAuthority(entra.url)

    async def asked() -> Any:
        async with signed_in(settings, session=transport) as (tokens, caller), engine(settings, tokens) as parts:
            try:
                return caller, await parts.answers.answer("usage for TEST COMPANY on Exchange", caller)
            except UsageBotError as error:
                return caller, error_view(error)

    async def run(*buttons: str) -> Any:
        asking = asyncio.create_task(asked())
        shown = ""
        while not (found := re.search(r"open (\S+) and type (\S+) within", shown)):
            await asyncio.sleep(0.02)
            shown += capsys.readouterr().err
        await browser.open(found[1])
        for button in ("Next", "Continue as Ada Agent", *buttons):
            await browser.press(button, code=found[2])
        return await asking

    yield run
    transport.close()
    await report.close()


async def test_a_question_is_answered_after_a_device_code_sign_in(ask: Any, ada: User) -> None:
    caller, view = await ask()
    assert caller.object_id == ada.object_id
    assert isinstance(view, UsageView)
    assert view.total == figures(0, 1)


async def test_factor_that_does_not_reach_the_token_is_told_as_on_the_card(
    ask: Any, entra: SimulatedEntra, ada: User, capsys: pytest.CaptureFixture[str]
) -> None:
    entra.standing(ada).factor_elsewhere = True
    _, view = await ask("Approve the sign-in")
    assert view.problem == "factor_not_passed_on"
    show_view(view)
    told = capsys.readouterr().out
    assert "Signing in again does not help" in told
    assert "To forward:\n  Hello, Partner Center's license report refuses me" in told
    assert "(amr without mfa, 401 900421)" in told
    assert told.count(view.correlation_id) == 2


async def test_person_without_a_factor_sets_one_up_and_is_answered(ask: Any, entra: SimulatedEntra, ada: User) -> None:
    entra.standing(ada).mfa_done = entra.standing(ada).factor_registered = False
    _, view = await ask("Set up a second factor")
    assert isinstance(view, UsageView)


async def test_person_who_sets_up_no_factor_is_not_signed_in(ask: Any, entra: SimulatedEntra, ada: User) -> None:
    entra.standing(ada).mfa_done = entra.standing(ada).factor_registered = False
    with pytest.raises(NotSignedInError):
        await ask("Cancel")


async def test_a_token_from_the_environment_is_used_unchanged() -> None:
    async with signed_in(Settings(access_token="given")) as (tokens, caller):
        assert isinstance(tokens, EnvironmentToken)
        assert await tokens.token(caller) == "given"


async def test_the_error_names_the_setting_when_neither_is_set() -> None:
    with pytest.raises(SettingsError, match="USAGEBOT_APP_TENANT_ID"):
        async with signed_in(Settings()):
            raise AssertionError("nobody has signed in")
