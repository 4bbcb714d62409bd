"""A simulated Partner Center on loopback, and a client of it."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import aiohttp
import pytest

from bot.domain.conversation import Caller
from bot.simulator.access_tokens import TokenAuthority
from bot.simulator.loopback_listener import Listening, listen
from bot.simulator.partner_center import FAULTS, JOURNAL, Faults, make_world, partner_center_app
from bot.simulator.partner_center.request_journal import Journal

ALICE = Caller("11111111-2222-4333-8444-555555555555", "aaaaaaaa-2222-4333-8444-555555555555", "Alice")
USAGE = "/partner/v1/analytics/commercial/usage/license"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw.decode("utf-8-sig"))

    @property
    def refusal(self) -> tuple[int, str]:
        assert set(self.json) == {"code", "description", "data", "source"}
        return self.status, self.json["code"]


class Service:
    """A running simulator.

    `get` uses `token` (Alice's unless another is given).
    """

    def __init__(self, server: Listening, session: aiohttp.ClientSession, authority: TokenAuthority) -> None:
        self.server, self.session, self.authority = server, session, authority
        self.faults: Faults = server.runner.app[FAULTS]
        self.journal: Journal = server.runner.app[JOURNAL]
        self.alice = ALICE
        self.token = authority.issue(ALICE)

    async def get(
        self,
        path: str = USAGE,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        authorization: str | None = "",
        **params: str,
    ) -> Reply:
        sent = dict(headers or {})
        if authorization is not None:
            sent["Authorization"] = authorization or f"Bearer {self.token}"
        url = path if path.startswith("http") else self.server.url + path
        async with self.session.request(method, url, params=params or None, headers=sent) as response:
            return Reply(response.status, response.headers, await response.read())

    async def every_page(self, **params: str) -> list[Any]:
        """Return the rows of all pages, by following next links."""
        reply = await self.get(**params)
        rows = list(reply.json["Value"])
        while (link := reply.json["@nextLink"]) is not None:
            reply = await self.get(urljoin(USAGE, link))
            rows += reply.json["Value"]
        assert len(rows) == reply.json["TotalCount"]
        return rows


Start = Callable[..., Awaitable[Service]]


@pytest.fixture(scope="session")
def authority() -> TokenAuthority:
    return TokenAuthority()


@pytest.fixture
async def start(authority: TokenAuthority) -> AsyncIterator[Start]:
    """Return a function that starts simulators and closes them afterwards.

    It takes the arguments of `partner_center_app`.
    """
    started: list[Service] = []

    async def begin(customers: int = 60, **options: Any) -> Service:
        app = partner_center_app(make_world(customers), verify=authority.verify, **options)
        service = Service(await listen(app, shutdown_timeout=0.1), aiohttp.ClientSession(), authority)
        started.append(service)
        return service

    yield begin
    for service in started:
        await service.session.close()
        await service.server.close()


@pytest.fixture
async def service(start: Start) -> Service:
    return await start()
