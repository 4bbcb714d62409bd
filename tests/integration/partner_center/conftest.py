"""A server with scripted answers, and clients that call it over real HTTP."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.domain.conversation import Caller
from bot.partner_center.usage_client import ClientLimits, PartnerCenter, ReportEndpoint
from bot.simulator.loopback_listener import listen

BOM = b"\xef\xbb\xbf"

# Pauses short enough for tests, and timeouts that no test waits for.
QUICK = {"first_pause": 0.001, "longest_pause": 0.001, "jitter": 0.0, "attempt": 600.0, "deadline": 600.0}


def row(number: int = 0, **other: Any) -> dict[str, Any]:
    """Return a row in the documented shape; `number` distinguishes customers."""
    return {
        "processedDateTime": "2018-10-14T00:00:00",
        "workloadCode": "EXO",
        "workloadName": "Exchange",
        "serviceCode": "o365",
        "serviceName": "Microsoft Office 365",
        "channel": "reseller",
        "customerTenantId": f"0112A436-B14E-4888-967B-{number:012}",
        "customerName": f"CUSTOMER {number}",
        "productId": "45A2423B-E884-448D-A831-D9E139C52D2F",
        "productName": "EXCHANGE ONLINE PROTECTION",
        "licensesActive": 1,
        "licensesQualified": 2,
    } | other


def page(*rows: dict[str, Any], link: str | None = None, total: int | None = None, status: int = 200) -> web.Response:
    body = {"Value": rows, "@nextLink": link, "TotalCount": total}
    return web.Response(body=BOM + json.dumps(body).encode(), status=status, content_type="application/json")


def refusal(status: int, code: str = "", headers: dict[str, str] | None = None) -> web.Response:
    body = {"code": code, "description": "refused by the script", "data": [], "source": "PartnerFD"}
    return web.Response(body=BOM + json.dumps(body).encode(), status=status, headers=headers)


@dataclass
class Script:
    """Gives each request the next answer, and the last one forever.

    An answer is a response or makes one.
    """

    url: str = ""
    answers: list[Any] = field(default_factory=list)
    requests: list[web.Request] = field(default_factory=list)
    connections: set[object] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        self.connections.add(request.transport.get_extra_info("peername"))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            made = answer(request) if callable(answer) else answer
            response = await made if asyncio.iscoroutine(made) else made
            # A response object serves once; the last one of a script serves again.
            return response if response.prepared or not isinstance(response, web.Response) else _copy(response)
        finally:
            self.at_once -= 1

    def sent(self, header: str) -> list[str]:
        return [request.headers[header] for request in self.requests]

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


def _copy(response: web.Response) -> web.Response:
    return web.Response(body=response.body, status=response.status, headers=response.headers)


@dataclass
class Tokens:
    """Returns `token 1`, and the next token when that one was refused.

    With `fixed` there is no other.
    """

    fixed: bool = False
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    number: int = 1
    of_newer_sign_in: str | None = None
    looked: list[str] = field(default_factory=list)

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:
        self.asked.append((caller.object_id, refused))
        if refused is not None and not self.fixed:
            self.number += 1
        return f"token-{caller.object_id}-{self.number}"

    async def newer(self, caller: Caller, refused: str) -> str | None:
        self.looked.append(refused)
        return self.of_newer_sign_in

    async def was_asked_for(self, caller: Caller, claims: str | None) -> bool:
        return False


@pytest.fixture
def alice() -> Caller:
    return Caller("TENANT", "alice", locale="nl-NL")


@pytest.fixture
def bob() -> Caller:
    return Caller("TENANT", "bob")


@pytest.fixture
def say() -> SimpleNamespace:
    """Return the functions that make the script's answers."""
    return SimpleNamespace(row=row, page=page, refusal=refusal)


@pytest.fixture
async def servers():
    """Start scripted servers."""
    started = []

    async def start(*answers: Any) -> Script:
        script = Script(answers=list(answers))
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", script.serve)
        server = await listen(app, shutdown_timeout=0.1)
        script.url = server.url
        started.append(server)
        return script

    yield start
    for server in started:
        await server.close()


@pytest.fixture
async def session():
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as opened:
        yield opened


@pytest.fixture
def tokens() -> Tokens:
    return Tokens()


@pytest.fixture
def client(session: aiohttp.ClientSession, tokens: Tokens) -> Callable[..., PartnerCenter]:
    """Make a client for a script's server; `limits` are passed to ClientLimits."""

    def make(script: Script, **limits: Any) -> PartnerCenter:
        return PartnerCenter(session, ReportEndpoint(script.url), tokens, limits=ClientLimits(**QUICK | limits))

    return make
