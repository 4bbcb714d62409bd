"""A sign-in and its end hold in each process before its next answer."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.app.web_app import FILES, IDENTITY
from bot.domain.conversation import Caller
from bot.identity.entra.sign_in_outcome import Tokens
from bot.simulator.connector import ADA
from tests.integration.digests.chat.posted import data_of
from tests.integration.teams.sign_in.conftest import SECONDS, sign_in_card, spoken

QUESTION = "usage for TEST COMPANY on Exchange"
CALLER = Caller(ADA.tenant_id, ADA.object_id, ADA.name)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(SECONDS):
        while not condition():  # noqa: ASYNC110  # there is no event to wait for
            await asyncio.sleep(0.01)


async def said(stage: Any, text: str, bot: Any) -> Any:
    """Say something to a bot and return its answer."""
    await bot.client.say(text)
    return await stage.heard()


@pytest.mark.parametrize("leave", ["sign out", "forget me"])
async def test_the_next_answer_of_another_bot_asks_for_a_sign_in(stage: Any, leave: str) -> None:
    other = await stage.another_bot()
    await stage.signed_in()
    assert "TEST COMPANY" in spoken(await said(stage, QUESTION, other))
    left = await said(stage, leave, stage.bot)
    if leave == "forget me":
        await stage.bot.client.press(data_of(left, "Yes, forget me"), reply_to=left.id)
    before = len(stage.usage_requests())
    sign_in_card(await said(stage, QUESTION, other))
    assert len(stage.usage_requests()) == before
    assert other.app[FILES]._services.directories.known(CALLER) is None


async def test_another_bot_uses_the_newest_sign_in_at_once(stage: Any) -> None:
    other = await stage.another_bot()
    await stage.signed_in()
    await said(stage, QUESTION, other)
    old = await other.app[IDENTITY].tokens.token(CALLER)
    await said(stage, "sign out", stage.bot)
    await stage.signed_in()
    assert "TEST COMPANY" in spoken(await said(stage, QUESTION, other))
    assert "SharePoint" in spoken(await said(stage, "and on SharePoint?", other)), "the question was not remembered"
    new = await other.app[IDENTITY].tokens.token(CALLER)
    assert new == await stage.bot.app[IDENTITY].tokens.token(CALLER) != old


async def test_a_sign_out_frees_what_other_processes_hold(two_bots: Any) -> None:
    stage, other = two_bots
    await stage.signed_in()
    await said(stage, QUESTION, other)
    held, names = other.app[IDENTITY].tokens.held, other.app[FILES]._services.directories
    assert held.get(CALLER.key) is not None
    assert names.known(CALLER) is not None
    await said(stage, "sign out", stage.bot)
    await until(lambda: held.get(CALLER.key) is None and names.known(CALLER) is None)


async def test_a_new_sign_in_frees_the_old_token_of_other_processes(two_bots: Any) -> None:
    stage, other = two_bots
    await stage.signed_in()
    await said(stage, QUESTION, other)
    held = other.app[IDENTITY].tokens.held
    tokens = stage.bot.app[IDENTITY].tokens
    kept = await tokens.signed_in(CALLER)
    await tokens.accept(Tokens(*CALLER.key, ADA.name, "a newer token", time.time() + 3600, kept.state))
    await until(lambda: held.get(CALLER.key) is None)
    assert await tokens.token(CALLER) == "a newer token"


async def test_what_was_told_while_nobody_listened_is_looked_up(two_bots: Any, listeners: Any) -> None:
    stage, other = two_bots
    await stage.signed_in()
    await said(stage, QUESTION, other)
    checked = other.app[IDENTITY].tokens.held.get(CALLER.key)
    listeners.end()
    await until(lambda: checked.checked == 0.0)
    await said(stage, "sign out", stage.bot)
    sign_in_card(await said(stage, QUESTION, other))


async def test_sign_out_holds_in_another_process_at_once(two_processes: Any) -> None:
    stage, one, other = two_processes
    for _ in range(3):
        assert "TEST COMPANY" in spoken(await said(stage, QUESTION, other))
        await said(stage, "sign out", one)
        card = sign_in_card(await said(stage, QUESTION, other))
        assert (await one.client.exchange(card, stage.token(ADA))).status == 200
        assert "TEST COMPANY" in spoken(await stage.heard())
