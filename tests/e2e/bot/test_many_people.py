"""Many users at once: a delay or failure of one does not affect the others."""

import asyncio
import time
from collections import Counter
from typing import Any

from bot.simulator.connector import ADA, BEN, Person, personal
from bot.simulator.connector.teams_people import guid
from bot.simulator.partner_center.faults.fault_types import Refuse, Slow, Throttle
from bot.simulator.partner_center.wire.call_limit import CALLS_A_MINUTE, MINUTE
from bot.teams.activity.turn_limits import TurnLimits
from tests.integration.simulator.held_sleep import HeldSleep

ANSWER = "TEST COMPANY, Exchange: 1 unused, 0%, 0 active of 1 qualified"
QUESTION = "usage for TEST COMPANY on Exchange"


def people(house: Any, count: int) -> list[Person]:
    found = [Person(f"Person {number}", guid(f"person {number}")) for number in range(count)]
    for person in found:
        house.connector.state.join(personal(person))
    return found


def summaries(house: Any) -> list[str]:
    return [str(posted.activity["summary"]) for posted in house.connector.transcript.messages]


async def test_help_is_answered_when_partner_center_hangs(open_house: Any) -> None:
    """More questions wait than a connection pool usually allows.

    The answer to `help` must still be sent.
    """
    held = HeldSleep()
    async with open_house(limits=TurnLimits(), sleep=held) as house:
        house.fault(Slow(times=None))
        asking = [asyncio.create_task(house.client.say(QUESTION, from_=each)) for each in people(house, 30)]
        while len(house.requests) < 120:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await house.client.say("help", from_=ADA)
        assert [text for text in summaries(house) if text.startswith("Type sentences")]
        assert house.bot.turns_under_way == len(asking)
        held.over.set()
        await asyncio.gather(*asking)


async def test_every_user_is_answered_when_hundred_ask_at_once(open_house: Any) -> None:
    """They make more calls than Partner Center answers in a minute.

    Its minute is nearly over then: those beyond wait for the next.
    """
    passed = 0.0
    async with open_house(limits=TurnLimits(), clock=lambda: time.monotonic() + passed) as house:
        await house.answer("customers", from_=ADA)  # the minute begins
        passed = MINUTE - 2
        everybody = people(house, 100)
        taken = await asyncio.gather(*(house.client.say(QUESTION, from_=each) for each in everybody))
        await house.quiet()
        assert Counter(each.status for each in taken).keys() <= {200, 202}
        answered = {
            posted.conversation_id
            for posted in house.connector.transcript.messages
            if posted.activity["summary"].startswith(ANSWER)
        }
        assert answered == {personal(each).id for each in everybody}
        assert len(house.requests) > CALLS_A_MINUTE


async def test_user_is_answered_when_another_user_is_throttled(open_house: Any) -> None:
    async with open_house(limits=TurnLimits(typing_after=240, working_after=240, acknowledge_after=240)) as house:
        await house.answer("customers", from_=ADA)
        await house.answer("customers", from_=BEN)
        house.fault(Throttle(retry_after=5))
        throttled = asyncio.create_task(house.client.say(QUESTION, from_=ADA))
        while not house.questions:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await house.client.say(QUESTION, from_=BEN)
        assert house.connector.transcript.messages[-1].conversation_id == personal(BEN).id
        assert summaries(house)[-1].startswith(ANSWER)
        assert not throttled.done()
        await throttled
        await house.quiet()


async def test_report_stays_available_when_one_user_gets_temporary_404(house: Any) -> None:
    await house.answer("customers", from_=ADA)
    house.fault(Refuse(status=404, code="1000", times=1))
    refused = await house.answer("usage by workload", from_=ADA)
    assert refused.activity["summary"].startswith("Partner Center offers only")
    assert (await house.answer(QUESTION, from_=BEN)).activity["summary"].startswith(ANSWER)
    assert (await house.answer(QUESTION, from_=ADA)).activity["summary"].startswith(ANSWER)
