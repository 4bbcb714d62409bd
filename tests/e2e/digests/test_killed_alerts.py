"""Kill a replica at each step of the checks of alerts.

No crossing is lost. One whose message was in flight is reported once more with a remark, and no other one twice.
"""

import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.commands.documents.condition_document import as_stored
from bot.commands.run_condition import ALERT
from tests.e2e.digests.test_killed import STEPS, killed

ALERTS = 24
PLACES = 12
SECONDS = 300
REMARK = "You may have read this already"

pytestmark = pytest.mark.timeout(900)

Step = Callable[[Any], Awaitable[None]]


async def check_again(world: Any) -> None:
    """Let every alert be due once more, and wait until all are checked."""
    checked = len(await world.ledger())
    for number in range(1, ALERTS + 1):
        await world.store.digests.change(number, None, next_due=time.time() - 0.5)
    await world.all_over(checked + ALERTS, SECONDS)


def remarks(world: Any) -> int:
    return sum(REMARK in repr(each.activity) for each in world.connector.transcript.messages)


QUESTIONS = {
    "figures": "usage on Exchange by customer below 100%",
    "renewals": "renewals in the next 365 days",
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
async def test_crossing_is_neither_lost_nor_reported_twice_unasked(world: Any, step: Step, question: str) -> None:
    world.runs = 4
    await world.set_up(ALERTS, PLACES, question=question, only_if=as_stored(ALERT))
    await world.start("one")
    await step(world)
    flying = await killed(world, "one")
    await world.start("one")
    await world.all_over(ALERTS, SECONDS)
    first = world.posted()
    assert set(range(1, ALERTS + 1)) - set(first) <= flying
    assert set(first.values()) == {1}
    await check_again(world)
    assert world.posted() - first == dict.fromkeys(flying, 1)
    assert remarks(world) == len(flying)
    told = world.posted()
    await check_again(world)
    await world.end()
    assert world.posted() == told
