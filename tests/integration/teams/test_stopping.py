"""Stopping the bot: questions under way are answered first, up to a limit; then the person is told."""

import asyncio
from typing import Any

from bot.simulator.connector import ADA
from cards.views.button_payload import MoreButton, pack


async def test_stopping_waits_for_the_answers_under_way(stage: Any) -> None:
    await stage.client.say("wait")
    await stage.connector.next_message()
    closing = asyncio.create_task(stage.bot.close(5))
    await asyncio.sleep(0.05)
    assert not closing.done()
    stage.answers.gate.set()
    assert await closing == 0
    assert stage.connector.transcript.messages[-1].activity["summary"].startswith("Type sentences")


async def test_what_is_not_ready_in_time_is_cancelled_and_told(stage: Any) -> None:
    await stage.client.say("wait")
    card = await stage.connector.next_message()
    assert await stage.bot.close(0.1) == 1
    last = stage.connector.transcript.messages[-1]
    assert (last.kind, last.id) == ("updated", card.id)
    assert not last.activity["summary"].startswith("Working")
    assert stage.bot.turns_under_way == 0


async def test_a_bot_that_stops_takes_no_new_questions(stage: Any) -> None:
    await stage.bot.close(0)
    assert (await stage.client.say("help", from_=ADA)).status == 503
    assert stage.answers.asked == []


async def test_a_request_that_is_still_open_when_the_bot_stops_is_not_left_hanging(stage: Any) -> None:
    asking = asyncio.create_task(stage.client.say("wait"))
    await stage.until(lambda: len(stage.answers.asked) == 1)
    await stage.bot.close(0)
    assert (await asking).status in {202, 503}


async def test_stopping_twice_is_stopping_once(stage: Any) -> None:
    assert (await stage.bot.close(0), await stage.bot.close(0)) == (0, 0)


async def test_a_press_that_is_given_up_goes_on_in_nobodys_name(stage: Any) -> None:
    pressing = asyncio.create_task(stage.client.press(pack(MoreButton("wait", 24))))
    await stage.until(lambda: len(stage.answers.pressed) == 1)
    await stage.bot.close(0)
    assert (await pressing).status in {200, 503}
    assert not [task for task in asyncio.all_tasks() if "Presses" in repr(task.get_coro())]
