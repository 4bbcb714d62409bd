"""Stopping the bot: running questions are answered first, up to a time limit.

After that the person is notified.
"""

import asyncio
from typing import Any

from bot.simulator.connector import ADA
from tests.integration.teams.buttons import wants_more
from tests.integration.teams.patience import FOREVER, hasty


@hasty
async def test_close_waits_for_running_answers(stage: Any) -> None:
    await stage.client.say("wait")
    await stage.connector.next_message()
    closing = asyncio.create_task(stage.bot.close(FOREVER))
    assert (await stage.client.say("help")).status == 503  # it is stopping
    assert not closing.done()
    stage.answers.gate.set()
    assert await closing == 0
    assert stage.connector.transcript.messages[-1].activity["summary"].startswith("Type sentences")


@hasty
async def test_turn_is_cancelled_and_person_notified_when_the_time_is_over(stage: Any) -> None:
    await stage.client.say("wait")
    card = await stage.connector.next_message()
    assert await stage.bot.close(0.1) == 1
    last = stage.connector.transcript.messages[-1]
    assert (last.kind, last.id) == ("updated", card.id)
    assert not last.activity["summary"].startswith("Working")
    assert stage.bot.turns_under_way == 0


async def test_question_is_refused_when_the_bot_is_stopping(stage: Any) -> None:
    await stage.bot.close(0)
    assert (await stage.client.say("help", from_=ADA)).status == 503
    assert stage.answers.asked == []


@hasty
async def test_open_request_is_answered_when_the_bot_stops(stage: Any) -> None:
    asking = asyncio.create_task(stage.client.say("wait"))
    await stage.until(lambda: len(stage.answers.asked) == 1)
    await stage.bot.close(0)
    assert (await asking).status in {202, 503}


async def test_close_can_be_called_twice(stage: Any) -> None:
    assert (await stage.bot.close(0), await stage.bot.close(0)) == (0, 0)


@hasty
async def test_no_task_remains_when_a_press_is_cancelled(stage: Any) -> None:
    pressing = asyncio.create_task(stage.client.press(wants_more("wait")))
    await stage.until(lambda: len(stage.answers.pressed) == 1)
    await stage.bot.close(0)
    assert (await pressing).status in {200, 503}
    assert not [task for task in asyncio.all_tasks() if "ButtonInvokes" in repr(task.get_coro())]
