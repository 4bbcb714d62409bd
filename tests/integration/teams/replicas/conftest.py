"""Several bots on one database: in one process, and as processes of their own."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.simulator.connector import ADA
from tests.integration.teams.sign_in.conftest import Stage, free_port, open_stage
from tests.integration.teams.sign_in.started_process import Process


@pytest.fixture
async def stage(tmp_path: Path, database_url: str) -> AsyncIterator[Stage]:
    """Return a stage on either database.

    Its tests start a second bot with `another_bot`.
    """
    async with open_stage(tmp_path, database=database_url) as opened:
        yield opened


@pytest.fixture
async def two_processes(tmp_path: Path, emptied_databases: Any) -> AsyncIterator[tuple[Stage, Process, Process]]:
    """Return two processes on PostgreSQL, and the stage. Ada is signed in."""
    with emptied_databases.lent() as url:
        async with open_stage(tmp_path, database=url) as opened:
            await opened.signed_in(ADA)
            started = [Process(opened, free_port(), digests=False) for _ in range(2)]
            try:
                await asyncio.gather(*(each.start() for each in started))
                yield opened, *started
            finally:
                for each in started:
                    await each.close()
