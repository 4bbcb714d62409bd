"""A process dies right after a sign-in: the question that waited is answered."""

import time
from typing import Any

from bot.app.web_app import BOT, IDENTITY
from bot.domain.conversation import Caller
from bot.simulator.connector import ADA
from tests.integration.teams.sign_in.conftest import spoken

QUESTION = "usage for TEST COMPANY on Exchange"
CALLER = Caller(ADA.tenant_id, ADA.object_id)


async def signed_in_without_a_follow_up(stage: Any) -> None:
    """Ask, sign in, and do not what follows."""
    await stage.say(QUESTION)
    card = await stage.offered()
    value = {"id": card["tokenExchangeResource"]["id"], "connectionName": "", "token": stage.token(ADA)}
    assert (await stage.bot.app[IDENTITY].exchange(CALLER, value)).first


async def look(stage: Any, after: float) -> list[str]:
    identity = stage.bot.app[IDENTITY]
    identity._clock = lambda: time.time() + after
    await stage.bot.app[BOT]._resuming.resume_missed()
    return [spoken(each) for each in await stage.quiet()]


async def test_question_is_answered_though_no_process_followed_the_sign_in_up(stage: Any) -> None:
    await signed_in_without_a_follow_up(stage)
    assert await look(stage, 0.0) == []  # it may still be done
    (answer,) = await look(stage, 31.0)
    assert "TEST COMPANY" in answer
    assert await look(stage, 62.0) == []


async def test_question_of_who_has_not_signed_in_keeps_waiting(stage: Any) -> None:
    await stage.say(QUESTION)
    await stage.offered()
    assert await look(stage, 31.0) == []
    assert len(await stage.bot.app[IDENTITY].waiting.look(CALLER)) == 1
