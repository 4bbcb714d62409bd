"""Kill replicas at each step of a run of many digests.

All digests are delivered, none twice, and messages in flight are recorded as unknown.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from typing import Any

import pytest

from bot.store.digests.occurrence import Occurrence, OccurrenceState
from tests.integration.digests.stage import until

DIGESTS = 200
CONVERSATIONS = 100
# Six rounds of what a replica does at the same time, so that a kill at a step meets runs before, at and after it.
RUNS_OF_A_STEP = 8
DIGESTS_OF_A_STEP = 6 * RUNS_OF_A_STEP
CONVERSATIONS_OF_A_STEP = DIGESTS_OF_A_STEP // 2
SECONDS = 300

pytestmark = pytest.mark.timeout(900)

Step = Callable[[Any], Awaitable[None]]


async def when_claimed(world: Any) -> None:
    """Wait until some digests are enqueued."""
    await until(lambda: _some(world, "due"), SECONDS)


async def while_fetching(world: Any) -> None:
    """Wait until Partner Center was asked and has not answered."""
    world.partner_center.open.clear()

    async def asked() -> bool:
        return world.partner_center.asked > 0

    await until(asked, SECONDS)


async def when_fetched(world: Any) -> None:
    """Wait until figures are in the ledger, and no message of them yet."""
    await until(lambda: _some(world, "fetched"), SECONDS)


async def when_composed(world: Any) -> None:
    """Wait until a message is in the ledger and was not sent yet."""
    await until(lambda: _some(world, "composed"), SECONDS)


async def while_sending(world: Any) -> None:
    """Wait until a message was posted, and no replica has received the answer."""
    await until(lambda: _some(world, "sent", 10), SECONDS)
    world.connector.holding.clear()

    async def held() -> bool:
        return bool(world.connector.held)

    await until(held, SECONDS)


async def when_sent(world: Any) -> None:
    """Wait until some messages are recorded as posted, and not all totals are stored."""
    await until(lambda: _some(world, "sent", 15), SECONDS)


STEPS = (when_claimed, while_fetching, when_fetched, when_composed, while_sending, when_sent)


async def _some(world: Any, state: str, count: int = 1) -> bool:
    return (await world.counts()).get(state, 0) >= count


def _interrupted(each: Occurrence) -> bool:
    """Return True if a kill is why the outcome is unknown."""
    return each.state is OccurrenceState.UNKNOWN and each.problem == "interrupted"


async def killed(world: Any, executor: str, earlier: Collection[int] = ()) -> set[int]:
    """Return the digests in flight when the replica was killed, without `earlier`.

    On a slow machine another replica has found some of them already. Those are unknown because of the kill, and have no
    executor. What is unknown for another reason was not in flight.
    """
    await world.kill(executor)
    flying = {
        each.number
        for each in await world.ledger()
        if _interrupted(each) or (each.state is OccurrenceState.SENDING and each.executor == executor)
    }.difference(earlier)
    assert len(flying) <= world.runs
    world.connector.holding.set()
    world.partner_center.open.set()
    return flying


async def check(world: Any, flying: set[int], digests: int = DIGESTS) -> None:
    """Check that every digest has one message.

    The outcome of those in flight is unknown, so they are not sent again. Teams answers all others.
    """
    ledger = await world.ledger()
    assert {each.number for each in ledger if _interrupted(each)} == flying
    assert {each.number for each in ledger if each.state is OccurrenceState.UNKNOWN} == flying
    assert {each.number for each in ledger if each.state is OccurrenceState.SENT} == set(range(1, digests + 1)) - flying
    assert len(ledger) == digests
    posted = world.posted()
    assert {number for number in posted if number not in flying} == set(range(1, digests + 1)) - flying
    assert set(posted.values()) == {1}
    assert not any(each.payload or each.report for each in ledger)
    kept = {digest.number for digest in await world.store.digests.all(limit=digests) if digest.previous}
    assert kept == set(range(1, digests + 1)) - flying


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
async def test_one_replica_resumes_after_a_restart(world: Any, step: Step) -> None:
    world.runs = RUNS_OF_A_STEP
    await world.set_up(DIGESTS_OF_A_STEP, CONVERSATIONS_OF_A_STEP)
    await world.start("one")
    await step(world)
    held = world.connector.held
    flying = await killed(world, "one")
    await world.start("one")
    await world.all_over(DIGESTS_OF_A_STEP, SECONDS)
    await world.end()
    await check(world, flying, DIGESTS_OF_A_STEP)
    assert held <= len(flying & set(world.posted()))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
async def test_one_of_two_replicas_takes_over_from_the_other(cluster: Any, step: Step) -> None:
    cluster.runs = RUNS_OF_A_STEP
    await cluster.set_up(DIGESTS_OF_A_STEP, CONVERSATIONS_OF_A_STEP)
    await cluster.start_all("one", "two")
    await step(cluster)
    flying = await killed(cluster, "one")
    await cluster.all_over(DIGESTS_OF_A_STEP, SECONDS)
    await cluster.end()
    await check(cluster, flying, DIGESTS_OF_A_STEP)
    assert await cluster.store.replicas.dead(0, 0) == []


async def test_one_of_two_surviving_replicas_takes_over(cluster: Any) -> None:
    await cluster.set_up(DIGESTS, CONVERSATIONS)
    await cluster.start_all("one", "two", "three")
    await while_sending(cluster)
    flying = await killed(cluster, "one")
    await cluster.all_over(DIGESTS, SECONDS)
    await cluster.end()
    await check(cluster, flying)


async def test_all_digests_are_delivered_when_replicas_are_killed_repeatedly(world: Any) -> None:
    await world.set_up(DIGESTS, CONVERSATIONS)
    flying: set[int] = set()
    for sent in (10, 60, 110, 160):
        await world.start("one")
        await until(lambda least=sent: _some(world, "sent", least), SECONDS)
        flying |= await killed(world, "one", flying)
    await world.start("one")
    await world.all_over(DIGESTS, SECONDS)
    await world.end()
    await check(world, flying)


async def test_the_figures_of_the_count_are_the_connectors(world: Any) -> None:
    """Check the test itself: messages are distinguished by their digest."""
    await world.set_up(3, 3)
    await world.start("one")
    await world.all_over(3, SECONDS)
    await world.end()
    assert world.posted() == Counter({1: 1, 2: 1, 3: 1})
