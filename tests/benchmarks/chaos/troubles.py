"""What goes wrong during the run.

Processes are killed, the database is away, services answer late or not at all.
"""

import asyncio
import random
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiosqlite
import psycopg
from aiohttp import web
from sqlalchemy import make_url

KILL_EVERY = 20.0
AWAY_SECONDS = 30.0
# What part of the requests.
REFUSED, DRIPPING, HUNG_UP = 0.05, 0.03, 0.02


class Unsteady:
    """A middleware with which a service fails at random.

    It refuses some requests, answers others late, and hangs up. `done` counts them.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.going_wrong = False
        self.done: Counter[str] = Counter()

    @web.middleware
    async def middleware(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        drawn = self._chance.random() if self.going_wrong else 1.0
        if drawn < REFUSED:
            self.done["refused"] += 1
            return web.Response(status=self._chance.choice((429, 500, 503)), headers={"Retry-After": "1"})
        if drawn < REFUSED + DRIPPING:
            self.done["dripped"] += 1
            await asyncio.sleep(self._chance.uniform(1, 6))
        elif drawn < REFUSED + DRIPPING + HUNG_UP:
            self.done["hung up"] += 1
            if request.transport is not None:
                request.transport.abort()
        return await handler(request)


@asynccontextmanager
async def away(database: str) -> AsyncIterator[None]:
    """Keep everybody from the database as long as the context lasts."""
    url = make_url(database)
    if url.get_backend_name() == "sqlite":
        async with aiosqlite.connect(str(url.database), isolation_level=None) as locked:
            await _locked(locked)
            yield
            await locked.execute("ROLLBACK")
        return
    folder = Path(str(url.query["host"]))
    socket, hidden = folder / ".s.PGSQL.5432", folder / ".hidden"
    with psycopg.connect(host=str(folder), user=url.username, dbname="postgres", autocommit=True) as connection:
        shutil.move(socket, hidden)
        try:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (url.database,)
            )
            yield
        finally:
            shutil.move(hidden, socket)


async def _locked(connection: aiosqlite.Connection) -> None:
    """Take the write lock when no replica holds it."""
    while True:
        try:
            await connection.execute("BEGIN IMMEDIATE")
        except aiosqlite.OperationalError:
            await asyncio.sleep(0.01)
        else:
            return
