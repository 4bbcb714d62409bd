"""The scheduler of digests, with services that a test can make fail."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.digests.manage.digest_signatures import DigestSignatures
from bot.digests.scheduler.dbos_runtime import WorkerSettings
from bot.digests.scheduler.lost_runs import RecoverySettings
from bot.digests.scheduler.replica_failover import Heartbeat
from bot.digests.scheduler.scheduler import DigestScheduler, SchedulerSettings
from bot.simulator.access_tokens import TokenClaims
from bot.simulator.connector import SimulatedConnector
from bot.simulator.connector.teams_people import SimulatedConversation
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import make_world, partner_center_app
from bot.simulator.partner_center.world.world_models import World
from bot.store import Digest, Occurrence, Store
from bot.store.digests.occurrence import FINAL
from tests.integration.digests.stage import TOKEN_KEYS, Messages, draft, engine_at, group_chats, posted, store_at, until

CLAIMS = TokenClaims("t", "o", "Ada", frozenset({"user_impersonation"}), frozenset({"AdminAgents"}), frozenset({"mfa"}))
SETTINGS = SchedulerSettings(WorkerSettings(poll=0.05), Heartbeat(0.2, 1.0), RecoverySettings(0.2, 0.0))


@dataclass
class Gate:
    """Accepts requests, and answers them while it is open."""

    opened: asyncio.Event = field(default_factory=asyncio.Event)
    held: int = 0
    asked: int = 0

    def __post_init__(self) -> None:
        self.opened.set()

    def before(self, app: web.Application) -> web.Application:
        app.middlewares.append(self._hold)
        return app

    @web.middleware
    async def _hold(self, request: web.Request, handler: Callable[..., Any]) -> web.StreamResponse:
        if request.path.endswith("members") or "/members/" in request.path:
            return await handler(request)  # the roster, which is asked before each message
        self.asked += 1
        response: web.StreamResponse = await handler(request)
        if not self.opened.is_set():
            self.held += 1
            await self.opened.wait()
        return response


class GatedConnector(SimulatedConnector):
    """A Teams whose answers a test can delay."""

    def __init__(self, gate: Gate) -> None:
        super().__init__(anonymous=True)
        self._gate = gate

    def application(self) -> web.Application:
        return self._gate.before(super().application())


@dataclass
class Scene:
    """The scheduler and its services.

    `partner_center` and `teams` delay their answers while they are closed. `world` has the figures of Partner Center.
    """

    store: Store
    connector: SimulatedConnector
    teams: Gate
    partner_center: Gate
    partner_center_url: str
    world: World
    places: list[SimulatedConversation] = field(default_factory=lambda: group_chats(3))
    signatures: DigestSignatures = field(default_factory=lambda: DigestSignatures(TOKEN_KEYS))

    def engine(self, executor: str = "one", **given: Any) -> AbstractAsyncContextManager[DigestScheduler]:
        """Start a scheduler; it searches for lost runs all the time."""
        given = {"settings": SETTINGS, "executor": executor, "clock": time.time} | given
        clock = given.pop("clock")
        return engine_at(
            self.store,
            self.partner_center_url,
            lambda session: Messages(session, self.connector.service_url),
            clock,
            **given,
        )

    async def digest(self, place: int = 0, due: float | None = None, **fields: Any) -> Digest:
        """Set up a digest that was due a second ago."""
        when = time.time() - 1 if due is None else due
        return await self.store.digests.add(draft(when, self.places[place], self.connector, **fields))

    def posted(self) -> Counter[int]:
        return posted(self.connector.transcript.messages)

    async def occurrence(self, number: int = 1) -> Occurrence:
        return (await self.store.ledger.of(number))[0]

    async def over(self, number: int) -> Occurrence:
        """Wait until the digest's newest occurrence needs no more work."""

        async def ended() -> bool:
            found = await self.store.ledger.of(number, 1)
            return bool(found) and found[0].state in FINAL and not found[0].report

        await until(ended)
        return await self.occurrence(number)

    async def come_to(self, state: str, number: int = 1, *, recorded: bool = True) -> Occurrence:
        """Wait until the digest's newest occurrence is in `state` and needs no more work."""

        async def there() -> bool:
            found = await self.store.ledger.of(number, 1)
            return bool(found) and found[0].state == state and not (recorded and found[0].report)

        await until(there)
        return await self.occurrence(number)


@pytest.fixture
async def scene(database_url: str) -> AsyncIterator[Scene]:
    async with _scene(database_url) as opened:
        yield opened


@asynccontextmanager
async def _scene(database_url: str) -> AsyncIterator[Scene]:
    async with _services() as opened, store_at(database_url, signatures=opened.signatures) as opened.store:
        yield opened


@asynccontextmanager
async def _services() -> AsyncIterator[Scene]:
    """Yield a scene whose store is not open yet."""
    partner_center, teams = Gate(), Gate()
    world = make_world(customers=10, seed=1)
    service = await listen(partner_center.before(partner_center_app(world, verify=lambda _: CLAIMS)))
    async with GatedConnector(teams) as connector:
        opened = Scene(None, connector, teams, partner_center, service.url, world)  # type: ignore[arg-type]
        for place in opened.places:
            connector.state.join(place)
        yield opened
        partner_center.opened.set()
        teams.opened.set()
    await service.close()
