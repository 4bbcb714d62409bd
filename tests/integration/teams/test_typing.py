"""An answer that takes a while is shown as typing first, then with a card."""

import asyncio
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.simulator.connector import ADA, BEN, channel, group, personal
from bot.simulator.connector.rate_limits import OrderedFailure
from bot.teams.activity.turn_limits import TurnLimits
from tests.integration.teams.patience import FOREVER, HASTY

SLOW = TurnLimits(typing_after=0.01, working_after=0.1, update_every=0.05, acknowledge_after=FOREVER)
TEAM = channel("Sales", ADA, BEN)


@pytest.fixture
def limits() -> TurnLimits:
    return SLOW


async def posted(stage: Any, where: Any) -> list[str]:
    """Ask what is answered once its card is shown.

    Return what was posted, in its order.
    """
    asking = asyncio.create_task(stage.client.say("wait", conversation=where))
    await stage.connector.next_message()
    stage.answers.gate.set()
    await asking
    await stage.quiet()
    return [f"{each.kind} {each.type}" for each in stage.connector.transcript.entries]


@pytest.mark.parametrize("where", [personal(ADA), group(ADA, BEN)], ids=["alone", "group"])
async def test_typing_is_shown_before_the_card_and_never_after_the_answer(stage: Any, where: Any) -> None:
    assert await posted(stage, where) == ["sent typing", "sent message", "updated message"]
    assert stage.connector.transcript.entries[0].conversation_id == where.id


async def test_typing_is_not_sent_to_a_channel_which_does_not_show_it(stage: Any) -> None:
    stage.connector.state.join(TEAM)
    assert await posted(stage, TEAM) == ["sent message", "updated message"]


async def test_quick_answer_comes_without_typing(stage: Any) -> None:
    stage.answers.gate.set()
    await stage.client.say("wait")
    assert [each.type for each in stage.connector.transcript.entries] == ["message"]


async def test_typing_is_not_sent_when_the_card_comes_no_later(open_stage: Any) -> None:
    async with open_stage(limits=HASTY) as stage:
        assert "sent typing" not in await posted(stage, personal(ADA))


@pytest.mark.parametrize("failure", [OrderedFailure(403), OrderedFailure(delay=600)], ids=["refused", "hangs"])
async def test_answer_comes_when_typing_fails(stage: Any, failure: OrderedFailure) -> None:
    stage.connector.fail_next(failure)
    with capture_logs() as logs:
        assert await posted(stage, personal(ADA)) == ["sent message", "updated message"]
    assert [each["event"] for each in logs].count("typing_not_shown") == 1
