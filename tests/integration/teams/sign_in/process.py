"""One process of the bot, as `python process.py '<JSON>'`.

It writes a line to stdout when it listens, and when a refreshed token has arrived from the simulated Entra. The JSON
holds `settings`, `port`, and the addresses of the simulators. With `hasty`, it shows its progress and acknowledges at
once what it cannot answer at once.
"""

import asyncio
import json
import sys
from typing import Any

import requests

from bot.app.serve_app import ExternalServices, serve_app
from bot.settings import Settings
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.simulator.loopback_listener import listen
from bot.teams.activity.turn_limits import TurnLimits

FOREVER = 600.0  # seconds
PATIENT = TurnLimits(working_after=FOREVER, acknowledge_after=FOREVER)  # a slow machine changes nothing
HASTY = TurnLimits(working_after=0.05, acknowledge_after=0.3)


def write_line(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class ReportingAuthority(LoopbackAuthority):
    """The transport to Entra; writes a line when a refresh was answered."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:
        response = super().request(method, url, *args, **kwargs)
        if (kwargs.get("data") or {}).get("grant_type") == "refresh_token":
            write_line(f"refreshed {response.status_code}")
        return response


async def main(given: dict[str, Any]) -> None:
    settings = Settings(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in given["settings"].items()}
    )
    outside = ExternalServices(
        entra=ReportingAuthority(given["entra"]),
        channel=LoopbackAuthority(given["connector"]),
        keys_url=given["entra"],
        openid_url=given["openid_url"],
        limits=HASTY if given.get("hasty") else PATIENT,
        digests=given.get("digests", True),
    )
    await listen(serve_app(settings, outside), port=given["port"])
    write_line("listening")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
