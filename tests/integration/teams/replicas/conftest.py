"""Several bots on one database: in one process, and as processes of their own."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.simulator.connector import ADA
from tests.integration.teams.sign_in.conftest import Bot, Stage, free_port, open_stage
from tests.integration.teams.sign_in.started_process import Process


@pytest.fixture
async def stage(tmp_path: Path, database_url: str) -> AsyncIterator[Stage]:
    """Return a stage on either database.

    Its tests start a second bot with `another_bot`.
    """
    async with open_stage(tmp_path, database=database_url) as opened:
        yield opened


@pytest.fixture
async def two_processes(tmp_path: Path, shared_url: str) -> AsyncIterator[tuple[Stage, Process, Process]]:
    """Return two processes on PostgreSQL, and the stage. Ada is signed in."""
    async with open_stage(tmp_path, database=shared_url) as opened:
        await opened.signed_in(ADA)
        started = [Process(opened, free_port(), digests=False) for _ in range(2)]
        try:
            await asyncio.gather(*(each.start() for each in started))
            yield opened, *started
        finally:
            for each in started:
                await each.close()


@pytest.fixture
async def two_bots(tmp_path: Path, shared_url: str) -> AsyncIterator[tuple[Stage, Bot]]:
    """Return two bots on PostgreSQL that notify each other."""
    async with open_stage(tmp_path, database=shared_url) as opened:
        other = await opened.another_bot()
        yield opened, other


@pytest.fixture
def shared_url(emptied_databases: Any) -> Iterator[str]:
    """Return the address of a database on PostgreSQL."""
    with emptied_databases.lent() as url:
        yield url


class Listeners:
    """The connections on which processes listen."""

    def __init__(self, url: str) -> None:
        self._url = url

    def end(self) -> None:
        """Break them."""
        with psycopg.connect(self._url.replace("+psycopg", ""), autocommit=True) as connection:
            found = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND query IN ('LISTEN usagebot', 'SELECT 1')"
            ).fetchall()
        assert found


@pytest.fixture
def listeners(shared_url: str) -> Listeners:
    """Return the connections on which the bots of `two_bots` listen."""
    return Listeners(shared_url)
