"""One replica of the scheduler in a process that a test can kill."""

import asyncio
import logging
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

import structlog

from bot.digests.scheduler.dbos_runtime import WorkerSettings
from bot.digests.scheduler.replica_failover import Heartbeat
from bot.digests.scheduler.scheduler import SchedulerSettings
from tests.integration.digests.stage import Messages, engine_at, store_at


def run(given: dict[str, Any], starter: Connection) -> None:
    """Run until the process that started it sends something or ends.

    `given` are its settings, see `World.start`.
    """
    asyncio.run(_run(given, starter))


async def _run(given: dict[str, Any], starter: Connection) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    settings = SchedulerSettings(
        WorkerSettings(given["runs"], given.get("poll", 0.05)), Heartbeat(every=0.3, within=1.5)
    )
    async with (
        store_at(given["database"]) as store,
        engine_at(
            store,
            given["partner_center"],
            lambda session: Messages(session, given["service_url"], given.get("rate", 50)),
            time.time,
            executor=given["executor"],
            settings=settings,
        ),
    ):
        starter.send("started")
        await asyncio.to_thread(_wait, starter)


def _wait(starter: Connection) -> None:
    with suppress(EOFError):
        starter.recv()
