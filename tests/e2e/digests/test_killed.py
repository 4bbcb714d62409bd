"""Killed at each step of a run of 200 digests: all are delivered, none twice, and what was in flight is unknown."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.store.occurrence import OccurrenceState
from tests.integration.digests.stage import until

DIGESTS = 200
CONVERSATIONS = 100
SECONDS = 60


async def when_claimed(world: Any) -> None:
    """Some are enqueued."""
    await until(lambda: _some(world, "due"), SECONDS)


async def while_fetching(world: Any) -> None:
    """Partner Center was asked and has not answered."""
    world.partner_center.open.clear()

    async def asked() -> bool:
        return world.partner_center.asked > 0

    await until(asked, SECONDS)


async def when_fetched(world: Any) -> None:
    """Figures are in the ledger, and no message of them yet."""
    await until(lambda: _some(world, "fetched"), SECONDS)


async def when_composed(world: Any) -> None:
    """A message is in the ledger, and has not left."""
    await until(lambda: _some(world, "composed"), SECONDS)


async def while_sending(world: Any) -> None:
    """Messages were posted, and nobody was told that they were."""
    await until(lambda: _some(world, "sent", 20), SECONDS)
    world.connector.holding.clear()

    async def held() -> bool:
        return world.connector.held >= 3

    await until(held, SECONDS)


async def when_sent(world: Any) -> None:
    """It is known that some were posted; what the next ones are compared with is not kept of all."""
    await until(lambda: _some(world, "sent", 50), SECONDS)


STEPS = (when_claimed, while_fetching, when_fetched, when_composed, while_sending, when_sent)


async def _some(world: Any, state: str, count: int = 1) -> bool:
    return (await world.counts()).get(state, 0) >= count


async def check(world: Any, flying: set[OccurrenceState]) -> None:
    """`flying`: what an occurrence may be that was in flight when its process was killed."""
    assert world.posted() == Counter({each.number: 1 for each in await world.store.digests.all(limit=1000)})
    ledger = await world.ledger()
    assert len(ledger) == DIGESTS
    assert {each.state for each in ledger} <= {OccurrenceState.SENT} | flying
    assert not any(each.payload or each.report for each in ledger)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
async def test_one_replica_goes_on_after_a_restart(world: Any, step: Callable[[Any], Awaitable[None]]) -> None:
    await world.set_up(DIGESTS, CONVERSATIONS)
    await world.start("one")
    await step(world)
    held = world.connector.held
    await world.kill("one")
    world.connector.holding.set()
    world.partner_center.open.set()
    await world.start("one")
    await world.all_over(DIGESTS, SECONDS)
    await world.end()
    counts = await world.counts()
    await check(world, {OccurrenceState.UNKNOWN})
    assert counts.get("unknown", 0) <= world.runs
    assert counts.get("unknown", 0) >= held
