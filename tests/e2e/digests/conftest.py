"""Replicas in processes of their own, on one database, between a simulated Partner Center and a simulated Teams."""

import asyncio
import json
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.simulator.access_tokens import TokenClaims
from bot.simulator.connector import SimulatedConnector
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import make_world, partner_center_app
from bot.store import Store, open_store
from bot.store.digests.occurrence import Occurrence
from tests.integration.digests.stage import draft, group_chats, posted, until

ROOT = Path(__file__).parents[3]
CLAIMS = TokenClaims("t", "o", "Ada", frozenset({"user_impersonation"}), frozenset({"AdminAgents"}), frozenset({"mfa"}))


class Held(SimulatedConnector):
    """Takes messages, but while `holding` answers none: who sent them does not know that they were posted."""

    def __init__(self, **given: Any) -> None:
        super().__init__(anonymous=True, **given)
        self.holding = asyncio.Event()
        self.holding.set()
        self.held = 0

    def application(self) -> web.Application:
        app = super().application()
        app.middlewares.append(self._hold)
        return app

    @web.middleware
    async def _hold(self, request: web.Request, handler: Callable) -> web.StreamResponse:
        response = await handler(request)
        if not self.holding.is_set():
            self.held += 1
            await self.holding.wait()
        return response


class HeldPartnerCenter:
    """Answers nothing while `open` is not set."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()
        self.asked = 0
        self.app = partner_center_app(make_world(customers=40, seed=1), verify=lambda _: CLAIMS)
        self.app.middlewares.append(self._hold)

    @web.middleware
    async def _hold(self, request: web.Request, handler: Callable) -> web.StreamResponse:
        self.asked += 1
        await self.open.wait()
        return await handler(request)


@dataclass
class World:
    """What a test sees of it: the outside, the store, and the processes."""

    connector: Held
    partner_center: HeldPartnerCenter
    partner_center_url: str
    store: Store
    processes: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)
    runs: int = 16

    async def set_up(self, digests: int, conversations: int) -> None:
        """So many digests that are due now, round the conversations."""
        places = group_chats(conversations)
        for place in places:
            self.connector.state.join(place)
        now = time.time()
        for number in range(digests):
            await self.store.digests.add(draft(now - 1, places[number % conversations], self.connector))

    async def start(self, executor: str, **given: Any) -> None:
        """`given`: its rate, and how its slots are filled, where it is not what tests need."""
        given = {
            "database": self.store.url,
            "executor": executor,
            "partner_center": self.partner_center_url,
            "service_url": self.connector.service_url,
            "runs": self.runs,
            **given,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.e2e.digests.replica",
            json.dumps(given),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=ROOT,
        )
        self.processes[executor] = process
        assert await process.stdout.readline() == b"started\n"

    async def start_all(self, *executors: str) -> None:
        """None of them has run anything before all of them are there."""
        self.partner_center.open.clear()
        for executor in executors:
            await self.start(executor)
        self.partner_center.open.set()

    async def kill(self, executor: str) -> None:
        process = self.processes.pop(executor)
        process.send_signal(signal.SIGKILL)
        await process.communicate()

    async def end(self) -> None:
        self.connector.holding.set()
        self.partner_center.open.set()
        while self.processes:
            _, process = self.processes.popitem()
            await asyncio.wait_for(process.communicate(b""), 60)  # closes its standard input
            assert process.returncode == 0

    async def counts(self) -> dict[str, int]:
        return await self.store.ledger.counts()

    async def all_over(self, digests: int, seconds: float) -> None:
        """Wait until nothing is under way any more."""

        async def over() -> bool:
            counts = await self.counts()
            ended = sum(counts.get(each, 0) for each in ("sent", "unknown", "failed", "cancelled")) == digests
            # Figures are erased in the last step.
            return ended and not any(each.report for each in await self.ledger())

        await until(over, seconds, every=0.2)

    def posted(self) -> Counter[int]:
        return posted(self.connector.transcript.messages)

    async def ledger(self) -> list[Occurrence]:
        return [
            each
            for digest in await self.store.digests.all(limit=10_000)
            for each in await self.store.ledger.of(digest.number)
        ]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """On SQLite."""
    async with _world(f"sqlite:///{tmp_path}/bot.db") as opened:
        yield opened


@pytest.fixture
async def cluster(postgresql_url: str) -> AsyncIterator[World]:
    """On PostgreSQL, which several replicas share."""
    async with _world(postgresql_url) as opened:
        yield opened


@asynccontextmanager
async def _world(database_url: str) -> AsyncIterator[World]:
    partner_center = HeldPartnerCenter()
    service = await listen(partner_center.app)
    async with Held() as connector, open_store(database_url) as store:
        opened = World(connector, partner_center, service.url, store)
        try:
            yield opened
        finally:
            for executor in list(opened.processes):
                await opened.kill(executor)
            connector.holding.set()
            partner_center.open.set()
    await service.close()
