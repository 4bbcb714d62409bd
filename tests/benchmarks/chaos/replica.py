"""The whole bot as a process that is killed.

It serves what `usagebot serve` serves, between simulated services.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import structlog

from bot.app.serve_app import CLOSE_SECONDS, ExternalServices, serve_app
from bot.cli.logging_setup import configure_logs
from bot.concurrency.garbage_collection import freeze_startup_objects
from bot.concurrency.thread_switching import prefer_the_event_loop
from bot.settings import Settings
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.web.listening_port import listening

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Place:
    """What a replica is given.

    Its port, its settings, the simulated services, and the file of its log.
    """

    port: int
    settings: dict[str, Any]
    entra: str
    connector: str
    openid: str
    log: str


def run(place: Place, starter: Connection) -> None:
    """Serve until the process that started it sends something, ends, or kills it."""
    with Path(place.log).open("a", encoding="utf-8") as log:
        configure_logs("warning")
        structlog.configure(logger_factory=structlog.PrintLoggerFactory(log))
        asyncio.run(_serve(place, starter))


async def _serve(place: Place, starter: Connection) -> None:
    outside = ExternalServices(
        entra=LoopbackAuthority(place.entra),
        keys_url=place.entra,
        channel=LoopbackAuthority(place.connector),
        openid_url=place.openid,
    )
    app = serve_app(Settings(**place.settings), outside)
    async with listening(app, HOST, place.port, close_seconds=CLOSE_SECONDS):
        freeze_startup_objects()
        prefer_the_event_loop()
        starter.send("started")
        await asyncio.to_thread(_wait, starter)


def _wait(starter: Connection) -> None:
    with suppress(EOFError):
        starter.recv()
