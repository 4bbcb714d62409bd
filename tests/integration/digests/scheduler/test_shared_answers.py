"""Answers that several digests of one owner share are cached for a short time."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.app.answering import compose
from bot.digests.runs.owner_answer import OwnerAnswers
from bot.domain.conversation import Caller
from bot.errors import NotSignedInError
from bot.settings import Settings
from bot.simulator.connector import BEN
from tests.integration.digests.stage import SignIns

KEPT = 60.0


class Clock:
    """A clock in Unix seconds that only a test advances."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sign_ins() -> SignIns:
    return SignIns()


@pytest.fixture
async def fetch(scene: Any, sign_ins: SignIns, clock: Clock) -> AsyncIterator[OwnerAnswers]:
    async with aiohttp.ClientSession() as session:
        settings = Settings(partner_center_url=scene.partner_center_url)
        yield OwnerAnswers(compose(settings, sign_ins, session, sign_ins).services, clock, KEPT)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_question_is_asked_once_and_its_answer_is_dropped_soon(
    scene: Any, fetch: OwnerAnswers, sign_ins: SignIns, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = await scene.digest(0), await scene.digest(1)
    bens = await scene.digest(2, owner=Caller(BEN.tenant_id, BEN.object_id, BEN.name))
    due = int(clock())
    first = await fetch.answer(one, due)
    asked = scene.partner_center.asked
    assert await fetch.answer(other, due) is first
    assert scene.partner_center.asked == asked
    assert await fetch.answer(bens, due) is not first  # with Ben's rights
    sign_ins.out[one.owner_id] = NotSignedInError("signed out")
    with pytest.raises(NotSignedInError):
        await fetch.answer(other, due)
    sign_ins.out.clear()
    loop = asyncio.get_running_loop()
    loop_time = loop.time
    clock.now += KEPT - 1
    monkeypatch.setattr(loop, "time", lambda: loop_time() + KEPT - 1)
    assert await fetch.answer(other, due) is first
    clock.now += 1
    monkeypatch.setattr(loop, "time", lambda: loop_time() + KEPT)
    while fetch._answers:  # noqa: ASYNC110  # a timer drops them
        await asyncio.sleep(0.01)
    assert await fetch.answer(other, due) is not first
