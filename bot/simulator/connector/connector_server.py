"""The simulated Bot Connector on loopback: one bot, all in memory."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.simulator.connector.connector_keys import Keys
from bot.simulator.connector.connector_routes import PREFIX, ConnectorRoutes
from bot.simulator.connector.connector_state import ConnectorState
from bot.simulator.connector.openid_documents import DocumentRoutes
from bot.simulator.connector.rate_limits import OrderedFailure, RateLimits, SendLimits
from bot.simulator.connector.simulated_drive import LARGEST, PATH, SimulatedDrive
from bot.simulator.connector.teams_people import TENANT
from bot.simulator.connector.transcript import Posted, Transcript
from bot.simulator.entra.tenant_directory import AppRegistration, TenantDirectory
from bot.simulator.simulated_server import SimulatedServer

BOT_FRAMEWORK = ("d6d49420-f39b-4df7-a1dc-d59a935871db", "botframework.com")
"""The tenant in which bots of several tenants get their tokens."""


class SimulatedConnector(SimulatedServer):
    """A Bot Connector for tests and the demo.

        async with SimulatedConnector(app_id=..., password=...) as connector:
            connector.service_url                       # goes into inbound activities
            await connector.next_message(timeout=5)     # the bot's next message

    `anonymous`: no bearer is required, as in the Playground. `limits` of sending are enforced; `rate_limited` takes
    Teams' own. `sleep` waits for the seconds of a delay that a test orders; `clock` decides when a message for one
    person disappears. `directory` has the tenants and applications that get tokens.
    """

    def __init__(
        self,
        *,
        app_id: str | None = None,
        password: str = "simulated-secret",  # noqa: S107  # this registration exists on loopback only
        anonymous: bool = False,
        rate_limited: bool = False,
        limits: SendLimits | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.time,
        port: int = 0,
    ) -> None:
        self.app_id = app_id or str(uuid.uuid4())
        self.password = password
        self.anonymous = anonymous
        self.keys = Keys()
        self.directory = TenantDirectory()
        self.directory.register(AppRegistration(self.app_id, password))
        self.directory.tenants.add(TENANT)
        self.directory.tenants.add(*BOT_FRAMEWORK)
        self.drive = SimulatedDrive()
        limited = rate_limited or limits is not None
        self.state = ConnectorState(self.bot_id, RateLimits(time.monotonic, limits) if limited else None, sleep, clock)
        super().__init__(port)

    @property
    def bot_id(self) -> str:
        """Return the bot's channel account id."""
        return f"28:{self.app_id}"

    def application(self) -> web.Application:
        """Return an application with the routes of the service."""
        app = web.Application(client_max_size=LARGEST)
        app.add_routes(ConnectorRoutes(self.state, self.app_id, None if self.anonymous else self.keys).routes())
        app.add_routes(self.drive.routes())
        app.add_routes(DocumentRoutes(self.state, self.keys, self.directory).routes())
        return app

    @property
    def openid_configuration_url(self) -> str:
        """Return the address that leads to the keys of channel tokens."""
        return f"{self.url}/.well-known/openidconfiguration"

    @property
    def service_url(self) -> str:
        """Return the URL that the bot sends to; it ends in a slash, as Teams' URLs do."""
        return self.service_url_in(TENANT)

    def service_url_in(self, tenant_id: str) -> str:
        """Return the URL to send to for the conversations of a tenant."""
        return f"{self.url}{PREFIX}/{tenant_id}/"

    def channel_token(self, app_id: str | None = None, service_url: str | None = None, **overrides: Any) -> str:
        """Return the bearer of an inbound activity; see `Keys.channel_token`."""
        return self.keys.channel_token(app_id or self.app_id, service_url or self.service_url, **overrides)

    def upload_url(self, name: str) -> str:
        """Return the address of an upload session in a person's OneDrive."""
        return f"{self.url}{PATH}/{self.drive.session(name)}"

    @property
    def transcript(self) -> Transcript:
        """Return everything that the bot posted."""
        return self.state.transcript

    async def next_message(self, timeout: float = 240) -> Posted:  # noqa: ASYNC109  # see Transcript.next_message
        """Return the next unread message, sent or updated. Raises TimeoutError."""
        return await self.transcript.next_message(timeout)

    def fail_next(self, *faults: OrderedFailure) -> None:
        """Let each of the coming requests meet one of these faults.

        Requests to the roster have their own.
        """
        self.state.faults.extend(faults)

    def fail_roster(self, *faults: OrderedFailure) -> None:
        """Let each of the coming requests to the roster meet one of these faults."""
        self.state.roster_faults.extend(faults)
