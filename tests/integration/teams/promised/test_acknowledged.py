"""A question is acknowledged when its answer is promised, not before.

The database is away for the promises, as it is for everything that is written.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.errors import StoreError
from bot.simulator.connector import ADA, personal
from bot.simulator.connector import inbound_activity as inbound
from bot.store import OpenTurns
from bot.teams.activity.outgoing_activity import ADAPTIVE_CARD
from bot.teams.activity.turn_limits import TurnLimits
from cards.views.button_payload import AskButton, pack
from tests.integration.teams.sign_in.conftest import SECONDS, spoken

QUESTION = "usage for TEST COMPANY on Exchange"
LIMITS = TurnLimits(
    working_after=0.05, update_every=0.05, acknowledge_after=0.2, acknowledge_within=0.4, invoke_within=SECONDS
)
WORKING = "Working on it"


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let no promise be written; return the function that ends this."""
    is_over = asyncio.Event()
    written = OpenTurns.open

    async def opened(turns: OpenTurns, turn: Any) -> None:
        if not is_over.is_set():
            raise StoreError("the database is away")
        await written(turns, turn)

    monkeypatch.setattr(OpenTurns, "open", opened)
    return is_over.set


async def test_question_that_cannot_be_promised_is_asked_for_again(
    stage: Any, signed_in: None, slow: Any, away: Any
) -> None:
    bot = await stage.another_bot(LIMITS)
    asked = inbound.as_message(bot.client.new("message", personal(ADA), ADA), QUESTION, personal(ADA))
    assert (await bot.client.post(asked)).status == 503
    assert stage.connector.transcript.unread() == []  # a crash would leave the card for good
    sent_again = asyncio.create_task(bot.client.post(asked))
    slow()
    (answer,) = [await stage.heard()]
    assert "TEST COMPANY" in spoken(answer)
    assert (await sent_again).status in {200, 503}  # the answer may be given just before
    async with asyncio.timeout(SECONDS):
        while (await bot.client.post(asked)).status != 200:  # noqa: ASYNC110  # the turn ends after its answer
            await asyncio.sleep(0.01)
    assert await stage.quiet() == []


async def test_progress_is_shown_once_it_can_be_promised(
    stage: Any, signed_in: None, slow: Any, away: Any, rows: Any
) -> None:
    bot = await stage.another_bot(LIMITS)
    asked = inbound.as_message(bot.client.new("message", personal(ADA), ADA), QUESTION, personal(ADA))
    assert (await bot.client.post(asked)).status == 503
    away()
    card = await stage.heard()
    assert spoken(card).startswith(WORKING)
    assert (await bot.client.post(asked)).status == 202
    await rows.until(cards=1)
    slow()
    answer = await stage.heard()
    while spoken(answer).startswith(WORKING):
        answer = await stage.heard()
    assert (answer.kind, answer.id) == ("updated", card.id)


@pytest.mark.parametrize("is_away", [True, False])
async def test_pressed_card_says_working_if_that_is_promised(stage: Any, slow: Any, away: Any, is_away: bool) -> None:
    """A crash would leave the card for good."""
    await stage.signed_in()
    bot = await stage.another_bot(replace(LIMITS, invoke_within=0.2))
    await bot.client.say("help")
    card = await stage.heard()
    if not is_away:
        away()
    replied = await bot.client.press(pack(AskButton({"v": 1, "verb": "usage"}, replace=True)), reply_to=card.id)
    assert (replied.status, replied.body["type"] == ADAPTIVE_CARD) == (200, not is_away)
    assert WORKING in str(replied.body["value"])
    slow()
    answer = await stage.heard()
    while WORKING in spoken(answer):
        answer = await stage.heard()
    assert (answer.kind, answer.id) == ("updated", card.id)
