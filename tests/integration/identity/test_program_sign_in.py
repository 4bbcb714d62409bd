"""`usagebot mcp` without --demo: the person signs in when a program first asks."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.cli.program_sign_in import ProgramSignIn
from bot.errors import SettingsError
from bot.mcp.tool_calls import ToolCalls, ToolResult
from bot.settings import Settings
from bot.simulator.entra import SimulatedEntra, User
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import make_world, partner_center_app

CALLS = ToolCalls(240)
ASKED = {"sentence": "usage for TEST COMPANY on Exchange"}


@pytest.fixture
async def person(entra: SimulatedEntra, app_id: str, library: Any) -> AsyncIterator[ProgramSignIn]:
    report = await listen(partner_center_app(make_world(customers=30, seed=1), verify=entra.authority.verify))
    settings = Settings(app_id=app_id, app_tenant_id=library.tenant, partner_center_url=report.url)
    transport = LoopbackAuthority(entra.url)
    async with ProgramSignIn(settings, "en-US", session=transport) as opened:
        yield opened
    transport.close()
    await report.close()


async def ask(person: ProgramSignIn) -> ToolResult:
    return await CALLS.call("ask", ASKED, person.asker)


async def test_first_question_shows_the_code_and_a_later_one_is_answered(
    person: ProgramSignIn, browser: Any, ada: User, capsys: pytest.CaptureFixture[str]
) -> None:
    first = await ask(person)
    assert first.failed
    assert first.data["problem"] == "not_signed_in"
    assert await ask(person) == first  # the same code, as long as it is not used
    found = re.search(r"open (\S+) and type (\S+) within", first.text)
    assert found is not None
    assert first.text in capsys.readouterr().err
    await browser.open(found[1])
    for button in ("Next", "Continue as Ada Agent"):
        await browser.press(button, code=found[2])
    async with asyncio.timeout(240):
        while (answered := await ask(person)).failed:  # noqa: ASYNC110  # Entra is polled
            await asyncio.sleep(0.05)
    assert answered.data["rows"][0]["customer"] == "TEST COMPANY"
    assert (await person.asker()).caller.object_id == ada.object_id


async def test_sign_in_that_fails_is_said_and_the_next_question_begins_another(
    person: ProgramSignIn, browser: Any
) -> None:
    first = await ask(person)
    found = re.search(r"open (\S+) and type (\S+) within", first.text)
    assert found is not None
    await browser.open(found[1])
    for button in ("Next", "Cancel"):
        await browser.press(button, code=found[2])
    async with asyncio.timeout(240):
        while (refused := await ask(person)) == first:  # noqa: ASYNC110  # Entra is polled
            await asyncio.sleep(0.05)
    assert refused.failed
    assert refused.text != first.text
    again = await ask(person)
    assert re.search(r"type (\S+) within", again.text)


async def test_nothing_to_sign_in_with_is_an_error_of_the_settings() -> None:
    async with ProgramSignIn(Settings(), "en-US") as person:
        with pytest.raises(SettingsError, match="USAGEBOT_APP_ID"):
            await person.asker()
