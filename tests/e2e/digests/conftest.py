"""Replicas as processes on one database, with simulated vendors."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import select

from bot.simulator.access_tokens import TokenClaims
from bot.simulator.connector import SimulatedConnector
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import make_world, partner_center_app
from bot.store import Store
from bot.store.database.tables import OCCURRENCES
from bot.store.digests.occurrence import Occurrence
from tests.e2e.digests import replica
from tests.forked_processes import FORKS
from tests.integration.digests.stage import draft, group_chats, posted, store_at, until

CLAIMS = TokenClaims("t", "o", "Ada", frozenset({"user_impersonation"}), frozenset({"AdminAgents"}), frozenset({"mfa"}))


class Held(SimulatedConnector):
    """Accepts messages, but while `holding` is set it answers none.

    The sender then does not know that they were posted.
    """

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
        if not self.holding.is_set() and request.method == "POST":  # the roster is read before
            self.held += 1
            await self.holding.wait()
        return response


class HeldPartnerCenter:
    """Answers no request until `open` is set."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()
        self.asked = 0
        world = make_world(customers=40, seed=1)
        world.latest = datetime.now(UTC).date()
        self.app = partner_center_app(world, verify=lambda _: CLAIMS)
        self.app.middlewares.append(self._hold)

    @web.middleware
    async def _hold(self, request: web.Request, handler: Callable) -> web.StreamResponse:
        self.asked += 1
        await self.open.wait()
        return await handler(request)


@dataclass
class World:
    """What a test can see: the simulated services, the store, and the processes."""

    connector: Held
    partner_center: HeldPartnerCenter
    partner_center_url: str
    store: Store
    processes: dict[str, tuple[BaseProcess, Connection]] = field(default_factory=dict)
    runs: int = 16

    async def set_up(self, digests: int, conversations: int, **fields: str) -> None:
        """Set up `digests` digests that are due now, distributed over the conversations.

        `fields` are those in which they differ from a draft.
        """
        places = group_chats(conversations)
        for place in places:
            self.connector.state.join(place)
        now = time.time()
        for number in range(digests):
            await self.store.digests.add(draft(now - 1, places[number % conversations], self.connector, **fields))

    async def start(self, executor: str, **given: Any) -> None:
        """Start a replica.

        `given` are settings that differ from the default of the tests: its rate, and its worker slots.
        """
        given = {
            "database": self.store.url,
            "executor": executor,
            "partner_center": self.partner_center_url,
            "service_url": self.connector.service_url,
            "runs": self.runs,
            **given,
        }
        here, there = FORKS.Pipe()
        process = FORKS.Process(target=replica.run, args=(given, there))
        await asyncio.to_thread(process.start)
        there.close()
        self.processes[executor] = process, here
        assert await asyncio.to_thread(here.recv) == "started"

    async def start_all(self, *executors: str) -> None:
        """Start replicas; none of them runs anything before all of them are ready."""
        self.partner_center.open.clear()
        for executor in executors:
            await self.start(executor)
        self.partner_center.open.set()

    async def kill(self, executor: str) -> None:
        process, connection = self.processes.pop(executor)
        process.kill()
        await asyncio.to_thread(process.join)
        connection.close()

    async def end(self) -> None:
        self.connector.holding.set()
        self.partner_center.open.set()
        while self.processes:
            _, (process, connection) = self.processes.popitem()
            connection.send("end")
            await asyncio.to_thread(process.join, 60)
            connection.close()
            assert process.exitcode == 0

    async def counts(self) -> dict[str, int]:
        return await self.store.ledger.counts()

    async def all_over(self, digests: int, seconds: float) -> None:
        """Wait until no run is in progress any more."""

        async def over() -> bool:
            counts = await self.counts()
            ended = sum(counts.get(each, 0) for each in ("sent", "unknown", "failed", "cancelled")) == digests
            # The last step erases the figures.
            return ended and not any(each.report for each in await self.ledger())

        await until(over, seconds, every=0.2)

    def posted(self) -> Counter[int]:
        return posted(self.connector.transcript.messages)

    async def ledger(self) -> list[Occurrence]:
        """Return all occurrences, read at one moment."""
        return await self.store.ledger._select(select(OCCURRENCES))


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Provide a world on SQLite."""
    async with _world(f"sqlite:///{tmp_path}/bot.db") as opened:
        yield opened


@pytest.fixture
async def cluster(postgresql_url: str) -> AsyncIterator[World]:
    """Provide a world on PostgreSQL, which several replicas share."""
    async with _world(postgresql_url) as opened:
        yield opened


@asynccontextmanager
async def _world(database_url: str) -> AsyncIterator[World]:
    partner_center = HeldPartnerCenter()
    service = await listen(partner_center.app)
    async with Held() as connector, store_at(database_url) as store:
        opened = World(connector, partner_center, service.url, store)
        try:
            yield opened
        finally:
            for executor in list(opened.processes):
                await opened.kill(executor)
            connector.holding.set()
            partner_center.open.set()
    await service.close()
