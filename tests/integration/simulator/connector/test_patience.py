"""Teams sends an activity again, or shows an error, when the bot is slow."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.simulator.connector import SimulatedConnector, TeamsClient
from bot.simulator.loopback_listener import listen
from tests.integration.simulator.stepped_sleep import SteppedSleep


class SlowBot:
    """A bot that answers when `gate` is open.

    Each request that arrives is put into `arrived`.
    """

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.arrived: asyncio.Queue[Any] = asyncio.Queue()

    async def messages(self, request: web.Request) -> web.Response:
        self.arrived.put_nowait(await request.json())
        await self.gate.wait()
        return web.Response(status=201)


@pytest.fixture
def sleep() -> SteppedSleep:
    return SteppedSleep()


@pytest.fixture
async def slow() -> SlowBot:
    return SlowBot()


@pytest.fixture
async def teams(slow: SlowBot, sleep: SteppedSleep) -> AsyncIterator[TeamsClient]:
    app = web.Application()
    app.add_routes([web.post("/api/messages", slow.messages)])
    listening = await listen(app)
    async with SimulatedConnector() as connector:
        url = f"{listening.url}/api/messages"
        async with TeamsClient(connector, url, sleep=sleep) as client:
            yield client
    slow.gate.set()
    await listening.close()


async def test_message_without_an_answer_is_sent_again(teams: TeamsClient, slow: SlowBot, sleep: SteppedSleep) -> None:
    saying = asyncio.create_task(teams.say("hi"))
    first = await slow.arrived.get()
    sleep.step()
    assert await slow.arrived.get() == first
    slow.gate.set()
    assert ((await saying).status, (await saying).error_shown) == (201, False)
    assert sleep.seconds == [15, 15]


async def test_message_is_lost_when_nothing_answers_it_twice(
    teams: TeamsClient, slow: SlowBot, sleep: SteppedSleep
) -> None:
    saying = asyncio.create_task(teams.say("hi"))
    for _ in range(2):
        await slow.arrived.get()
        sleep.step()
    assert (await saying).status == 0
    assert slow.arrived.empty()


async def test_person_sees_an_error_when_a_press_is_not_answered(
    teams: TeamsClient, slow: SlowBot, sleep: SteppedSleep
) -> None:
    pressing = asyncio.create_task(teams.press({}, reply_to="1"))
    await slow.arrived.get()
    sleep.step()
    assert ((await pressing).status, (await pressing).error_shown) == (0, True)
    assert slow.arrived.empty()
    assert sleep.seconds == [10]


async def test_answer_in_time_ends_the_wait(teams: TeamsClient, slow: SlowBot, sleep: SteppedSleep) -> None:
    slow.gate.set()
    assert [(await teams.say("hi")).status, (await teams.press({}, reply_to="1")).error_shown] == [201, False]
    assert (sleep.seconds, slow.arrived.qsize()) == ([15, 10], 2)
