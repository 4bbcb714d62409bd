"""The whole bot over HTTP, between simulated Teams and simulated Partner Center."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web

from bot.app.web_app import BOT, bot_app
from bot.identity.entra.app_credentials import ClientCredentials, Credentials
from bot.partner_center.token_source import TokenSource
from bot.settings import Settings
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.connector import ADA, SimulatedConnector, TeamsClient
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import FAULTS, JOURNAL, World, make_world, partner_center_app
from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.faults.faulty_delivery import Sleep
from bot.simulator.partner_center.request_journal import Asking
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.teams_bot import TeamsBot

WORLD = make_world(customers=60, seed=1)
QUICK = TurnLimits(working_after=0.2, update_every=0.05, acknowledge_after=1.0, invoke_within=0.4)


@dataclass
class House:
    """The parts of a test.

    `simulator` is Partner Center; `connector` and `client` are Teams.
    """

    app: web.Application
    connector: SimulatedConnector
    client: TeamsClient
    simulator: web.Application
    tokens: TokenSource
    close: Callable[[], Any]

    @property
    def bot(self) -> TeamsBot:
        """The bot."""
        return self.app[BOT]

    def fault(self, *faults: Any) -> None:
        """Add faults to Partner Center."""
        self.simulator[FAULTS].add(*faults)

    @property
    def requests(self) -> list[Asking]:
        """The requests to Partner Center."""
        journal = self.simulator[JOURNAL]
        return list(journal)

    @property
    def questions(self) -> list[Asking]:
        """The requests for figures, without those for names."""
        reports = [asked for asked in self.requests if "/analytics/" in asked.path]
        return [asked for asked in reports if "groupby" not in dict(asked.params)]

    async def quiet(self, seconds: float = 240) -> None:
        """Wait until no turn is running."""
        async with asyncio.timeout(seconds):
            while self.bot.turns_under_way:  # noqa: ASYNC110  # there is no event to wait for
                await asyncio.sleep(0.01)

    async def answer(self, *args: Any, **more: Any) -> Any:
        """Say something and return the last message of the bot."""
        await self.client.say(*args, **more)
        await self.quiet()
        return self.connector.transcript.messages[-1]


OpenHouse = Callable[..., AbstractAsyncContextManager[House]]


@asynccontextmanager
async def _open(
    *,
    anonymous: bool = False,
    world: World = WORLD,
    page_limit: int = 10_000,
    limits: TurnLimits = QUICK,
    answer_seconds: float = 240,
    sleep: Sleep = asyncio.sleep,
    clock: Callable[[], float] = time.monotonic,
    tokens: Callable[[TokenAuthority], TokenSource] = SimulatedUserTokens,
    commercial: bool = True,
) -> AsyncIterator[House]:
    authority = TokenAuthority()
    conduct = Conduct(page_limit=page_limit, clock=clock)
    simulator = partner_center_app(world, verify=authority.verify, conduct=conduct, commercial=commercial, sleep=sleep)
    partner_center = await listen(simulator)
    held = tokens(authority)
    async with SimulatedConnector(anonymous=anonymous) as connector:
        credentials = Credentials(connector.app_id, connector.password, ADA.tenant_id)
        app_tokens = ClientCredentials(credentials, http_client=LoopbackAuthority(connector.url))
        teams = TeamsSettings(
            app_id="" if anonymous else connector.app_id,
            service_hosts=(connector.url.removeprefix("http://"),),
            tenants=(ADA.tenant_id,),
            anonymous=anonymous,
            openid_url=connector.openid_configuration_url,
            limits=limits,
        )
        settings = Settings(partner_center_url=partner_center.url, answer_seconds=answer_seconds)
        app = bot_app(settings, held, teams, None if anonymous else app_tokens)
        listening = await listen(app)
        try:
            async with TeamsClient(connector, f"{listening.url}/api/messages", limit=60) as client:
                yield House(app, connector, client, simulator, held, listening.close)
        finally:
            await listening.close()
            await app_tokens.close()
            await partner_center.close()


@pytest.fixture
def open_house() -> OpenHouse:
    """Return the context manager `open_house(page_limit=…, anonymous=…)`."""
    return _open


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """Start the bot with token checks, short limits and sixty customers."""
    async with _open() as opened:
        yield opened
