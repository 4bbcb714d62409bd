"""One process of the bot.

It says when it listens, and when a refreshed token has arrived from the simulated Entra.
"""

import asyncio
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import requests

from bot.app.serve_app import ExternalServices, serve_app
from bot.settings import Settings
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.simulator.loopback_listener import listen
from bot.teams.activity.turn_limits import TurnLimits

FOREVER = 600.0  # seconds
PATIENT = TurnLimits(
    typing_after=FOREVER, working_after=FOREVER, acknowledge_after=FOREVER
)  # a slow machine changes nothing
HASTY = TurnLimits(working_after=0.05, acknowledge_after=0.3)


class ReportingAuthority(LoopbackAuthority):
    """The transport to Entra; says when a refresh was answered."""

    def __init__(self, url: str, say: Callable[[str], None]) -> None:
        super().__init__(url)
        self._say = say

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:
        response = super().request(method, url, *args, **kwargs)
        if (kwargs.get("data") or {}).get("grant_type") == "refresh_token":
            self._say(f"refreshed {response.status_code}")
        return response


def run(given: dict[str, Any], starter: Connection) -> None:
    """Run until it is killed.

    `given` holds `settings`, `port`, and the addresses of the simulators. With `hasty`, the bot shows its progress and
    acknowledges at once what it cannot answer at once.
    """
    asyncio.run(_run(given, starter.send))


async def _run(given: dict[str, Any], say: Callable[[str], None]) -> None:
    outside = ExternalServices(
        entra=ReportingAuthority(given["entra"], say),
        channel=LoopbackAuthority(given["connector"]),
        keys_url=given["entra"],
        openid_url=given["openid_url"],
        limits=HASTY if given.get("hasty") else PATIENT,
        digests=given.get("digests", True),
    )
    await listen(serve_app(Settings(**given["settings"]), outside), port=given["port"])
    say("listening")
    await asyncio.Event().wait()
