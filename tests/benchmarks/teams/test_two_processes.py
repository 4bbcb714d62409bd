"""A thousand activities, each sent to two processes on PostgreSQL at once.

Each gets one answer.
"""

import asyncio
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.simulator.connector import ADA, personal
from bot.simulator.connector.inbound_activity import as_message
from tests.integration.teams.sign_in.conftest import free_port, open_stage
from tests.integration.teams.sign_in.started_process import Process

ACTIVITIES = 1_000
SIDE_BY_SIDE = 4  # fewer than the turns that one person may have at a time


@pytest.mark.benchmark
@pytest.mark.timeout(900)
async def test_each_activity_is_answered_once(tmp_path: Path, postgresql_url: str) -> None:
    async with open_stage(tmp_path, database=postgresql_url) as stage:
        processes = [Process(stage, free_port(), digests=False) for _ in range(2)]
        statuses: Counter[tuple[int, ...]] = Counter()
        slots = asyncio.Semaphore(SIDE_BY_SIDE)

        async def ask(_: int) -> str:
            asked: dict[str, Any] = as_message(
                stage.bot.client.new("message", personal(ADA), ADA), "help", personal(ADA)
            )
            async with slots:
                delivered = await asyncio.gather(*(each.client.post(asked) for each in processes))
            statuses[tuple(sorted(each.status for each in delivered))] += 1
            return str(asked["id"])

        try:
            await asyncio.gather(*(each.start() for each in processes))
            began = time.perf_counter()
            asked = await asyncio.gather(*map(ask, range(ACTIVITIES)))
            seconds = time.perf_counter() - began
            answered = Counter(posted.reply_to for posted in await stage.quiet())
        finally:
            for each in processes:
                await each.close()
    print(f"{ACTIVITIES} activities to 2 processes: {len(answered)} answers, {seconds:.1f} s, {dict(statuses)}")  # noqa: T201
    assert answered == Counter(asked)
