"""The served bot between simulated Teams, Entra and Partner Center, over HTTP."""

import asyncio
import base64
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.app.serve_app import ExternalServices, serve_app
from bot.app.web_app import BOT, IDENTITY
from bot.demo.free_ports import reserve
from bot.settings import Settings
from bot.simulator.connector import ADA, BEN, SimulatedConnector, TeamsClient
from bot.simulator.connector.teams_client import Delivered
from bot.simulator.connector.teams_people import Person, SimulatedConversation, personal
from bot.simulator.connector.transcript import Posted
from bot.simulator.entra import SimulatedEntra, User
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.simulator.loopback_listener import Listening, listen
from bot.simulator.partner_center import JOURNAL, World, make_world, partner_center_app
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.connector.connector_client import Retries
from tests.integration.simulator.held_sleep import HeldSleep
from tests.integration.teams.patience import PATIENT
from tests.migrated_databases import put_sqlite

KEY = base64.b64encode(b"k" * 32).decode()
SECRET = "a simulated secret"
OAUTH = "application/vnd.microsoft.card.oauth"
SECONDS = 240


@dataclass
class Bot:
    """One process of the bot."""

    app: web.Application
    listening: Listening
    client: TeamsClient
    transport: LoopbackAuthority

    async def close(self) -> None:
        await self.client.close()
        await self.listening.close()
        self.transport.close()


@dataclass
class Stage:
    """Everything that a test uses; `bot` is the first of `bots`.

    With `digests` there is only one bot: see ExternalServices.
    """

    connector: SimulatedConnector
    entra: SimulatedEntra
    world: World
    partner_center: web.Application
    held: HeldSleep  # what slow answers of Partner Center wait for
    settings: Settings
    users: dict[str, User]
    folder: Path
    digests: bool = False
    bots: list[Bot] = field(default_factory=list)

    @property
    def bot(self) -> Bot:
        return self.bots[0]

    async def another_bot(self, limits: TurnLimits | None = None, **changed: Any) -> Bot:
        """Start one more bot on the same store."""
        port = reserve(0)
        url = f"http://127.0.0.1:{port.getsockname()[1]}"
        named = {name: getattr(self.settings, name) for name in self.settings.__slots__}
        settings = Settings(**(named | {"public_url": url} | changed))
        registered = self.entra.directory.apps.get(self.connector.app_id)
        redirects = registered.redirect_uris if registered else ()
        self.entra.register(self.connector.app_id, SECRET, *redirects, f"{url}/auth/callback")
        transport = LoopbackAuthority(self.entra.url)
        outside = ExternalServices(
            entra=transport,
            keys_url=self.entra.url,
            channel=LoopbackAuthority(self.connector.url),
            openid_url=self.connector.openid_configuration_url,
            limits=limits or PATIENT,
            retries=Retries(attempts=2, first_wait=0.01, seconds=2.0),
            digests=self.digests,
        )
        try:
            app = serve_app(settings, outside)
            listening = await listen(app, reserved=port)
        except Exception:
            port.close()  # the bot did not start, so it does not close it
            raise
        bot = Bot(app, listening, TeamsClient(self.connector, f"{url}/api/messages"), transport)
        self.bots.append(bot)
        return bot

    async def say(self, text: str, person: Person = ADA, where: SimulatedConversation | None = None) -> Delivered:
        return await self.bot.client.say(text, from_=person, conversation=where)

    async def heard(self) -> Posted:
        """Return the next message of the bot."""
        return await self.connector.next_message(SECONDS)

    async def offered(self) -> dict[str, Any]:
        """Return the sign-in card that comes next."""
        return sign_in_card(await self.heard())

    def token(self, person: Person, **overrides: Any) -> str:
        return self.entra.sso_token(self.users[person.name], self.connector.app_id, **overrides)

    async def exchange(
        self, card: dict[str, Any], person: Person = ADA, token: str | None = None, bot: Bot | None = None
    ) -> Delivered:
        """Send the token exchange that a client of `person` sends for a sign-in card."""
        return await (bot or self.bot).client.exchange(card, token or self.token(person), from_=person)

    async def invoke(self, name: str, value: object, person: Person = ADA, bot: Bot | None = None) -> Delivered:
        client = (bot or self.bot).client
        return await client.post({**client.new("invoke", personal(person), person), "name": name, "value": value})

    async def signed_in(self, person: Person = ADA) -> None:
        """Sign `person` in silently."""
        await self.say("sign in", person)
        assert (await self.exchange(await self.offered(), person)).status == 200
        assert "signed in" in spoken(await self.heard())
        await self.kept()

    async def kept(self) -> None:
        """Wait until no answered question is stored as a promised one."""
        promises = [bot.app[BOT]._interrupted for bot in self.bots]
        async with asyncio.timeout(SECONDS):
            # There is no event to wait for.
            while any(each is not None and (each._promised._open or each._promised._kept) for each in promises):  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def quiet(self) -> list[Posted]:
        """Wait until no turn is running, and return the messages that no test has read."""
        async with asyncio.timeout(SECONDS):
            for bot in self.bots:
                await asyncio.gather(*bot.app[IDENTITY].pages._notifications)
                while bot.app[BOT].turns_under_way:  # noqa: ASYNC110  # there is no event to wait for
                    await asyncio.sleep(0.01)
        return self.connector.transcript.unread()

    def usage_requests(self) -> list[Any]:
        return list(self.partner_center[JOURNAL])


def sign_in_card(posted: Posted) -> dict[str, Any]:
    (attachment,) = posted.activity["attachments"]
    assert attachment["contentType"] == OAUTH, posted.activity
    content: dict[str, Any] = attachment["content"]
    return content


def spoken(posted: Posted) -> str:
    return str(posted.activity.get("summary", ""))


def free_port() -> int:
    """Return a port: the redirect URI must be known before the bot listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def open_stage(
    folder: Path,
    *hosts: str,
    digests: bool = False,
    tenants: tuple[str, ...] = (),
    database: str = "",
    programs: tuple[str, ...] = (),
) -> AsyncIterator[Stage]:
    """Open a stage.

    Besides the simulated Teams, the bot may post to `hosts`; besides its own tenant, it serves `tenants`. The store is
    SQLite, or `database`. `programs` may ask at `/mcp`.
    """
    async with SimulatedConnector(password=SECRET) as connector, SimulatedEntra() as entra:
        world = make_world(customers=40, seed=1)
        held = HeldSleep()
        partner_center = partner_center_app(world, verify=entra.authority.verify, sleep=held)
        service = await listen(partner_center)
        users = {each.name: entra.directory.add(User(each.name, each.tenant_id, each.object_id)) for each in (ADA, BEN)}
        settings = Settings(
            app_id=connector.app_id,
            app_password=SECRET,
            app_tenant_id=ADA.tenant_id,
            allowed_tenants=(ADA.tenant_id, *tenants),
            public_url="http://127.0.0.1:1",
            token_keys=(KEY,),
            database=database or f"sqlite+aiosqlite:///{folder}/bot.db",
            partner_center_url=service.url,
            service_hosts=(connector.url.removeprefix("http://"), *hosts),
            answer_seconds=240,
            mcp_clients=programs,
        )
        if not database and not (folder / "bot.db").exists():
            put_sqlite(folder / "bot.db")
        stage = Stage(connector, entra, world, partner_center, held, settings, users, folder, digests)
        try:
            await stage.another_bot()
            yield stage
        finally:
            held.over.set()
            for bot in stage.bots:
                await bot.close()
            await service.close()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path) as opened:
        yield opened


@pytest.fixture
async def posting(tmp_path: Path) -> AsyncIterator[Stage]:
    """Return a stage whose bot posts digests."""
    async with open_stage(tmp_path, digests=True) as opened:
        yield opened


@pytest.fixture
def read() -> tuple[Callable[[Posted], dict[str, Any]], Callable[[Posted], str]]:
    """Return two functions: the sign-in card of a message, its plain-text fallback."""
    return sign_in_card, spoken
