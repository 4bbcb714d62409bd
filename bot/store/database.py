"""Opens the database. SQLite by default, in WAL mode so that readers and replicas do not wait for a writer.

https://www.sqlite.org/wal.html
"""

import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import SettingsError
from bot.store.records import Records
from bot.store.tables import metadata

BUSY_MS = 5_000  # how long a writer waits for another one


@asynccontextmanager
async def open_records(url: str, clock: Callable[[], float] = time.time) -> AsyncIterator[Records]:
    """The records at `url`, such as `sqlite+aiosqlite:////var/lib/usagebot/bot.db`; the table is made where missing.

    Raises SettingsError where the database cannot be opened; the message holds no password.
    """
    engine = _engine(url)
    try:
        try:
            async with engine.begin() as connection:
                await connection.run_sync(metadata.create_all)
        except (SQLAlchemyError, OSError) as problem:
            shown = make_url(url).render_as_string(hide_password=True)
            raise SettingsError("USAGEBOT_DATABASE", f"{shown} cannot be opened: {type(problem).__name__}") from None
        yield Records(engine, clock)
    finally:
        await engine.dispose()


def _engine(url: str) -> AsyncEngine:
    try:
        parsed = make_url(url)
        sqlite = parsed.get_backend_name() == "sqlite"
        engine = create_async_engine(parsed) if sqlite else create_async_engine(parsed, pool_pre_ping=True)
    except (ArgumentError, ImportError, SQLAlchemyError, ValueError) as problem:
        raise SettingsError("USAGEBOT_DATABASE", f"is not a database URL: {type(problem).__name__}") from None
    if sqlite:
        if parsed.database and parsed.database != ":memory:" and not parsed.database.startswith("file:"):
            _make_private(Path(parsed.database))
        event.listen(engine.sync_engine, "connect", _prepare)
    return engine


def _make_private(path: Path) -> None:
    """Only the bot's own account may read the file: its records are secrets even though they are encrypted."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except (OSError, ValueError) as problem:  # ValueError: a path with a NUL in it
        why = getattr(problem, "strerror", None) or problem
        raise SettingsError("USAGEBOT_DATABASE", f"{path} cannot be written: {why}") from None


def _prepare(connection: Any, _record: object) -> None:
    """Run for every new SQLite connection."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", f"busy_timeout={BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
