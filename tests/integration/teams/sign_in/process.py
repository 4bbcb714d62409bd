"""One process of the bot, as `python process.py '<JSON>'`: it tells on stdout when it listens, and when a refreshed
token has arrived from the simulated Entra. What it is told: `settings`, `port`, and where the simulators are."""

import asyncio
import json
import sys
from typing import Any

import requests

from bot.app import ExternalServices, serve_app
from bot.settings import Settings
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.simulator.loopback_listener import listen


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Telling(LoopbackAuthority):
    """The way to Entra, which tells when a refresh has come back."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:
        response = super().request(method, url, *args, **kwargs)
        if (kwargs.get("data") or {}).get("grant_type") == "refresh_token":
            tell(f"refreshed {response.status_code}")
        return response


async def main(told: dict[str, Any]) -> None:
    settings = Settings(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in told["settings"].items()}
    )
    outside = ExternalServices(
        entra=Telling(told["entra"]), channel=LoopbackAuthority(told["connector"]), openid_url=told["openid_url"]
    )
    await listen(serve_app(settings, outside), port=told["port"])
    tell("listening")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
