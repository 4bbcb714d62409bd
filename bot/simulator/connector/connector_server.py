"""Puts the simulated Bot Connector on loopback: one bot, one tenant, everything in memory."""

import time
import uuid
from typing import Any

from aiohttp import web

from bot.simulator.connector.connector_keys import Keys
from bot.simulator.connector.connector_routes import PREFIX, ConnectorRoutes
from bot.simulator.connector.connector_state import ConnectorState
from bot.simulator.connector.openid_documents import DocumentRoutes
from bot.simulator.connector.rate_limits import OrderedFailure, RateLimits, SendLimits
from bot.simulator.connector.transcript import Posted, Transcript
from bot.simulator.simulated_server import SimulatedServer


class SimulatedConnector(SimulatedServer):
    """A Bot Connector for tests and the demo.

        async with SimulatedConnector(app_id=..., password=...) as connector:
            connector.service_url                       # goes into inbound activities
            await connector.next_message(timeout=5)     # what the bot said

    `anonymous`: no bearer is asked for, as in the Playground. `limits` of sending are enforced; `rate_limited` are
    Teams' own.
    """

    def __init__(
        self,
        *,
        app_id: str | None = None,
        password: str = "simulated-secret",  # noqa: S107  # this registration exists on loopback only
        anonymous: bool = False,
        rate_limited: bool = False,
        limits: SendLimits | None = None,
        port: int = 0,
    ) -> None:
        self.app_id = app_id or str(uuid.uuid4())
        self.password = password
        self.anonymous = anonymous
        self.keys = Keys()
        limited = rate_limited or limits is not None
        self.state = ConnectorState(self.bot_id, RateLimits(time.monotonic, limits) if limited else None)
        super().__init__(port)

    @property
    def bot_id(self) -> str:
        """The bot's channel account id."""
        return f"28:{self.app_id}"

    def application(self) -> web.Application:
        """The routes of the service."""
        app = web.Application(client_max_size=8 * 1024 * 1024)
        app.add_routes(ConnectorRoutes(self.state, self.app_id, None if self.anonymous else self.keys).routes())
        app.add_routes(DocumentRoutes(self.state, self.keys, self.app_id, self.password).routes())
        return app

    @property
    def openid_configuration_url(self) -> str:
        """Where a bot finds the keys of channel tokens."""
        return f"{self.url}/.well-known/openidconfiguration"

    @property
    def service_url(self) -> str:
        """Where the bot answers to; ends in a slash, as Teams' do."""
        return f"{self.url}{PREFIX}/"

    def channel_token(self, app_id: str | None = None, service_url: str | None = None, **overrides: Any) -> str:
        """The bearer of an inbound activity; see `Keys.channel_token`."""
        return self.keys.channel_token(app_id or self.app_id, service_url or self.service_url, **overrides)

    @property
    def transcript(self) -> Transcript:
        """Everything the bot said."""
        return self.state.transcript

    async def next_message(self, timeout: float = 5) -> Posted:  # noqa: ASYNC109  # see Transcript.next_message
        """The next unread message, sent or updated; TimeoutError."""
        return await self.transcript.next_message(timeout)

    def fail_next(self, *faults: OrderedFailure) -> None:
        """The coming requests meet these, one each."""
        self.state.faults.extend(faults)
