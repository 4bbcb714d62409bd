"""A connector that checks tokens, a bearer for it, and a bot that keeps its input."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.simulator.connector import ADA, SimulatedConnector, SimulatedConversation, personal
from bot.simulator.connector.teams_people import TENANT
from bot.simulator.loopback_listener import listen
from tests.integration.simulator.held_sleep import HeldSleep

SCOPE = "https://api.botframework.com/.default"


class Wire:
    """Raw requests to the connector, as the bot would send them."""

    def __init__(self, connector: SimulatedConnector, session: aiohttp.ClientSession) -> None:
        self.connector = connector
        self.session = session
        self.bearer = ""

    async def token(
        self, tenant: str = TENANT, headers: dict[str, str] | None = None, **changes: str
    ) -> tuple[int, dict[str, Any]]:
        """Ask for a token; a change to "" leaves a field out."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self.connector.app_id,
            "client_secret": self.connector.password,
            "scope": SCOPE,
        }
        data = {name: value for name, value in (form | changes).items() if value}
        url = f"{self.connector.url}/{tenant}/oauth2/v2.0/token"
        async with self.session.post(url, data=data, headers=headers) as response:
            return response.status, await response.json()

    async def call(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self.bearer}"} | options.pop("headers", {})
        url = self.connector.service_url + path
        async with self.session.request(method, url, headers=headers, **options) as response:
            return response.status, await response.json() if response.content_type == "application/json" else None

    async def send(self, activity: Any, conversation: SimulatedConversation | None = None) -> tuple[int, Any]:
        where = conversation or personal(ADA)
        return await self.call("POST", f"v3/conversations/{where.id}/activities", json=activity)


@pytest.fixture
def held() -> HeldSleep:
    """Return what the delays of `wire` wait for."""
    return HeldSleep()


@pytest.fixture
async def wire(held: HeldSleep) -> AsyncIterator[Wire]:
    """Return the connector with a bearer that it accepts."""
    async with SimulatedConnector(sleep=held) as connector, aiohttp.ClientSession() as session:
        caller = Wire(connector, session)
        _, answer = await caller.token()
        caller.bearer = answer["access_token"]
        yield caller


@dataclass
class Keeper:
    """A bot's endpoint that stores activities and headers.

    It answers invokes with a card.
    """

    url: str = ""
    activities: list[dict[str, Any]] = field(default_factory=list)
    bearers: list[str] = field(default_factory=list)

    async def messages(self, request: web.Request) -> web.Response:
        activity = await request.json()
        self.activities.append(activity)
        self.bearers.append(request.headers.get("Authorization", ""))
        if activity["type"] != "invoke":
            return web.Response(status=201)
        card = {"type": "AdaptiveCard", "version": "1.5", "body": []}
        answer = {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": card}
        return web.json_response(answer)


@pytest.fixture
async def keeper() -> AsyncIterator[Keeper]:
    bot = Keeper()
    app = web.Application()
    app.add_routes([web.post("/api/messages", bot.messages)])
    listening = await listen(app)
    bot.url = f"{listening.url}/api/messages"
    yield bot
    await listening.close()
