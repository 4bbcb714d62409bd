"""One replica of the engine in a process of its own, to be killed. Its settings are one JSON argument."""

import asyncio
import json
import logging
import sys
import time
from typing import Any

import structlog

from bot.digests.scheduler.dbos_runtime import WorkerSettings
from bot.digests.scheduler.replica_failover import Heartbeat
from bot.digests.scheduler.scheduler import SchedulerSettings
from bot.store import open_store
from tests.integration.digests.stage import Messages, engine_at


async def main(given: dict[str, Any]) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    settings = SchedulerSettings(
        WorkerSettings(given["runs"], given.get("poll", 0.05)), Heartbeat(every=0.3, within=1.5)
    )
    async with (
        open_store(given["database"]) as store,
        engine_at(
            store,
            given["partner_center"],
            lambda session: Messages(session, given["service_url"], given.get("rate", 50)),
            time.time,
            executor=given["executor"],
            settings=settings,
        ),
    ):
        print("started", flush=True)  # noqa: T201  # tells who started it
        await asyncio.to_thread(sys.stdin.read)  # ends with who started it


asyncio.run(main(json.loads(sys.argv[1])))
