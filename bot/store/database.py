"""The engine of SQLAlchemy and its transactions. Knows how SQLite and PostgreSQL have to be treated.

SQLite is in WAL mode so that readers do not wait for a writer: https://www.sqlite.org/wal.html
Its transactions begin where SQLAlchemy says so, and one that writes takes the write lock at once: Python's driver would
begin it at the first write, where a transaction that has already read fails at once if somebody else writes.
https://docs.sqlalchemy.org/en/21/dialects/sqlite.html (Serializable isolation)
"""

import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from sqlalchemy import URL, Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import SettingsError, StoreError
from bot.store.problems import explain

SETTING = "USAGEBOT_DATABASE"
FAILED = "the database failed: "
BUSY_MS = 15_000  # how long a writer waits for another one

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class TakenError(StoreError):
    """There is a row of that key already. Stays within bot.store."""


class Database:
    """Transactions that read or write. Both raise StoreError where the database fails."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writes=True)

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Sees one state of the database; what it changes by mistake may fail."""
        return _transaction(self._engine)

    def writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Raises TakenError too."""
        return _transaction(self._writing)

    async def scrub(self) -> None:
        """Empty SQLite's log, which keeps what has been overwritten since. Raises StoreError where others keep reading.

        https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
        """
        if self._engine.dialect.name != "sqlite":
            return
        connection: AsyncConnection
        # The pragma works outside of transactions only: the one that is begun for it is ended before.
        async with self.reading() as connection:
            await connection.exec_driver_sql("COMMIT")
            busy = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
            await connection.exec_driver_sql("BEGIN")
        if busy:
            raise StoreError("the database's log cannot be emptied while others read")

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()


@asynccontextmanager
async def _transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    try:
        async with engine.begin() as connection:
            yield connection
    except IntegrityError:
        raise TakenError("the database has such a row already") from None
    except (SQLAlchemyError, OSError) as error:
        # The cause may hold values, and values are secrets.
        raise StoreError(FAILED + explain(error)) from None


def read_url(text: str) -> URL:
    """The URL with the driver that is used here: `sqlite:///bot.db` and `postgresql://…` will do.

    Raises SettingsError for anything else; the message holds no password.
    """
    try:
        url = make_url(text)
        url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
    except (ArgumentError, ValueError):
        raise SettingsError(SETTING, "is not a database URL, such as sqlite:////var/lib/usagebot/bot.db") from None
    if url.drivername not in _DRIVERS.values():
        raise SettingsError(SETTING, f"is neither SQLite nor PostgreSQL (postgresql://…): {url.drivername}")
    return url


def connect(url: URL) -> Database:
    """The database; nothing is sent yet. Raises SettingsError where SQLite's file cannot be written."""
    if url.get_backend_name() != "sqlite":
        return Database(create_async_engine(url, pool_pre_ping=True))
    if (file := _file(url)) is not None:
        _make_private(file)
    engine = create_async_engine(url, connect_args={"factory": _Connection})
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    event.listen(engine.sync_engine, "invalidate", _let_go)
    return Database(engine)


def is_missing(url: URL) -> bool:
    """Whether it is SQLite's, and its file is yet to be made."""
    file = _file(url)
    try:
        return file is not None and not file.exists()
    except (OSError, ValueError):
        return False


def _file(url: URL) -> Path | None:
    """SQLite's file, None where there is none."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    return None if url.database == ":memory:" or url.database.startswith("file:") else Path(url.database)


def _make_private(path: Path) -> None:
    """Only the bot's own account may read the file: its records are secrets even though they are encrypted."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except ValueError:  # a NUL in the name
        raise SettingsError(SETTING, "names no file") from None
    except OSError as problem:
        raise SettingsError(SETTING, f"{path} cannot be written: {problem.strerror}") from None


def _prepare(connection: Any, _record: object) -> None:
    """Run for every new SQLite connection."""
    connection.isolation_level = None  # the driver begins nothing by itself
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class _Connection(sqlite3.Connection):
    """Whose `rollback` ends what its cursors are in the midst of, as Python's did before 3.11.

    SQLite keeps the locks of a statement that is in use, past a rollback and even past the connection's closing, and
    one whose task was cancelled is in use until the garbage collector comes by. https://www.sqlite.org/c3ref/close.html
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, *args: Any, **kwargs: Any) -> Any:
        cursor = super().cursor(*args, **kwargs)
        self._cursors.add(cursor)
        return cursor

    def rollback(self) -> None:
        for cursor in tuple(self._cursors):
            cursor.close()
        super().rollback()


def _let_go(connection: Any, _record: object, _problem: object) -> None:
    """Run before a connection is closed in the midst of something, as when the task that used it was cancelled."""
    with suppress(Exception):
        connection.rollback()
