"""Ten thousand digests due in the same minute.

The connector enforces Teams' limits.
"""

import asyncio
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.simulator.connector.rate_limits import SEND_LIMITS
from bot.simulator.loopback_listener import listen
from tests.e2e.digests.conftest import Held, HeldPartnerCenter, World
from tests.integration.digests.stage import draft, group_chats, store_at

QUESTIONS = 20
EACH = 10  # digests in a conversation
RUNS = {"at the rate that is usual": (10_000, 20, 0.95), "at Teams' own, as fast as one process can": (2_000, 50, 0.0)}


class Timed(Held):
    """Answers 429 beyond Teams' limits. Records when and where each message arrived."""

    def __init__(self) -> None:
        super().__init__(rate_limited=True)
        self.expected = 0
        self.arrivals: dict[str, list[float]] = defaultdict(list)
        self.taken = self.refused = 0
        self.all_arrived = asyncio.Event()

    def application(self) -> web.Application:
        app = super().application()
        app.middlewares.append(self._note)
        return app

    @web.middleware
    async def _note(self, request: web.Request, handler: Callable) -> web.StreamResponse:
        arrived = time.monotonic()
        response = await handler(request)
        if response.status < 300:
            self.arrivals[request.match_info["id"]].append(arrived)
            self.taken += 1
            if self.taken == self.expected:
                self.all_arrived.set()
        self.refused += response.status == 429
        return response

    def rate(self) -> float:
        """Return the messages per second, from the first to the last."""
        moments = sorted(moment for each in self.arrivals.values() for moment in each)
        return (len(moments) - 1) / (moments[-1] - moments[0])

    def over(self) -> int:
        """Return how often a conversation got more messages than Teams allows."""
        return sum(
            later - earlier < seconds
            for moments in self.arrivals.values()
            for count, seconds in SEND_LIMITS
            for earlier, later in zip(moments, moments[count:], strict=False)
        )


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[Any]:
    partner_center = HeldPartnerCenter()
    center = await listen(partner_center.app)
    async with Timed() as connector, store_at(f"sqlite:///{tmp_path}/bot.db") as store:
        opened = World(connector, partner_center, center.url, store)
        try:
            yield opened
        finally:
            for executor in list(opened.processes):
                await opened.kill(executor)
    await center.close()


@pytest.mark.benchmark
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("run", RUNS)
async def test_digests_due_at_once(world: Any, run: str, capsys: pytest.CaptureFixture[str]) -> None:
    digests, rate, target = RUNS[run]
    await set_up(world, digests)
    await world.start("one", rate=rate, runs=64, poll=0.25)
    connector = world.connector
    await connector.all_arrived.wait()
    used = connector.rate() / rate
    with capsys.disabled():
        sys.stdout.write(
            f"\n{digests:,} digests due at once, {rate} a second, {run}: {used:.1%} of the rate used, "
            f"{connector.over()} over a conversation's limit, {connector.refused} answered 429\n"
        )
    await world.end()
    assert connector.taken == digests
    assert connector.over() == 0
    assert used >= target


async def set_up(world: Any, digests: int) -> None:
    """Create digests that were due a second ago, ten in each conversation."""
    places = group_chats(digests // EACH)
    for place in places:
        world.connector.state.join(place)
    world.connector.expected, due = digests, time.time() - 1
    for number in range(digests):
        question = f"top {number % QUESTIONS + 1} by customer on Exchange"
        place = places[number % len(places)]
        await world.store.digests.add(draft(due, place, world.connector, question=question))
