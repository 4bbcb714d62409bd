"""The bot is slower than Teams waits.

No question is answered twice, and a press is answered in time.
"""

import asyncio
from typing import Any

import pytest

from bot.simulator.connector.delivery.patience import AGAIN_SECONDS, PRESS_SECONDS
from bot.teams.activity.turn_limits import TurnLimits
from tests.integration.simulator.stepped_sleep import SteppedSleep
from tests.integration.teams.buttons import asks
from tests.integration.teams.patience import HASTY


@pytest.fixture
def sleep() -> SteppedSleep:
    return SteppedSleep()


async def test_question_that_teams_sends_again_is_answered_once(open_stage: Any, sleep: SteppedSleep) -> None:
    async with open_stage(sleep=sleep) as stage:
        asking = asyncio.create_task(stage.client.say("wait"))
        await stage.until(lambda: len(stage.answers.asked) == 1)
        sleep.step()
        await stage.until(lambda: len(sleep.seconds) == 2)
        stage.answers.gate.set()
        assert (await asking).status == 200
        await stage.quiet()
        assert len(stage.answers.asked) == len(stage.connector.transcript.messages) == 1


async def test_question_is_acknowledged_before_teams_sends_it_again(open_stage: Any, sleep: SteppedSleep) -> None:
    async with open_stage(sleep=sleep, limits=HASTY) as stage:
        assert (await stage.client.say("wait")).status == 202
        assert sleep.seconds == [AGAIN_SECONDS]


async def test_press_is_answered_before_teams_shows_an_error(open_stage: Any, sleep: SteppedSleep) -> None:
    async with open_stage(sleep=sleep, limits=HASTY) as stage:
        pressed = await stage.client.press(asks("wait"), reply_to="1")
        assert (pressed.status, pressed.error_shown) == (200, False)
        assert sleep.seconds == [PRESS_SECONDS]


async def test_limits_of_the_bot_are_below_those_of_teams() -> None:
    limits = TurnLimits()
    assert limits.acknowledge_after < AGAIN_SECONDS
    assert limits.invoke_within < PRESS_SECONDS
