"""All services of the bot, simulated on loopback; tests add one fault each."""

import base64
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.doctor.examination import ExaminedServices, examine
from bot.doctor.finding import Finding, FindingState
from bot.simulator.connector import SimulatedConnector
from bot.simulator.entra import SimulatedEntra, User
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import FAULTS, make_world, partner_center_app

TENANT = "5c0ffee0-0000-4000-8000-000000000001"
APP = "5c0ffee0-0000-4000-8000-0000000000aa"
SECRET = "a simulated secret"
KEY = base64.b64encode(b"k" * 32).decode()


class Found(dict[str, Finding]):
    """The findings by name."""

    @property
    def failed(self) -> list[str]:
        return [name for name, each in self.items() if each.state is FindingState.FAILED]

    def states(self) -> dict[str, str]:
        return {name: each.state.value for name, each in self.items()}

    @property
    def text(self) -> str:
        return "\n".join(str(each) for each in self.values())


@dataclass
class Clinic:
    entra: SimulatedEntra
    connector: SimulatedConnector
    partner_center: web.Application
    transport: LoopbackAuthority
    ada: User
    environ: dict[str, str]
    openid_url: str
    ahead: float = 0.0
    seconds: float = 240.0

    async def examine(self, sign_in: Any = None, **changed: str) -> Found:
        """Return findings by name.

        `changed` settings are named without their prefix, in lower case.
        """
        environ = self.environ | {f"USAGEBOT_{name.upper()}": value for name, value in changed.items()}
        outside = ExaminedServices(self.transport, self.openid_url, lambda: time.time() + self.ahead, self.seconds)
        findings = await examine(environ, outside=outside, sign_in=sign_in)
        return Found({each.name: each for each in findings})

    def fail(self, *faults: Any) -> None:
        """Add faults of Partner Center."""
        self.partner_center[FAULTS].add(*faults)


@pytest.fixture
async def serve() -> AsyncIterator[Callable[..., Any]]:
    """Return a function that serves an application on loopback.

    The function returns the address. Without an application, it answers everything with the bytes of one response.
    """
    started = []

    async def start(app: web.Application | None = None, *, status: int = 200, body: bytes = b"", **headers: str) -> str:
        async def answer(_: web.Request) -> web.Response:
            return web.Response(status=status, body=body, headers=headers)

        if app is None:
            app = web.Application()
            app.router.add_route("*", "/{path:.*}", answer)
        listening = await listen(app, shutdown_timeout=0.1)
        started.append(listening)
        return listening.url

    yield start
    for each in started:
        await each.close()


@pytest.fixture
async def clinic(tmp_path: Path, serve: Callable[..., Any]) -> AsyncIterator[Clinic]:
    async with SimulatedEntra() as entra, SimulatedConnector(app_id=APP) as connector:
        entra.register(APP, SECRET, public=True)
        entra.grants.interval = 1  # MSAL waits as long between two polls
        ada = entra.directory.add(User("Ada Agent", TENANT, "5c0ffee0-0000-4000-8000-00000000000a"))
        partner_center = partner_center_app(make_world(customers=40, seed=1), verify=entra.authority.verify)
        environ = {
            "PATH": "/usr/bin",
            "USAGEBOT_APP_ID": APP,
            "USAGEBOT_APP_PASSWORD": SECRET,
            "USAGEBOT_APP_TENANT_ID": TENANT,
            "USAGEBOT_PUBLIC_URL": await serve(body=b'{"status": "ok"}'),
            "USAGEBOT_TOKEN_KEYS": KEY,
            "USAGEBOT_DATABASE": f"sqlite+aiosqlite:///{tmp_path}/bot.db",
            "USAGEBOT_LOGIN_URL": entra.url,
            "USAGEBOT_PARTNER_CENTER_URL": await serve(partner_center),
        }
        transport = LoopbackAuthority(entra.url)
        yield Clinic(entra, connector, partner_center, transport, ada, environ, connector.openid_configuration_url)
        transport.close()
