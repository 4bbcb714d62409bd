"""The engine of SQLAlchemy and its transactions, on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from typing import TypeVar

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.concurrency.backoff import Backoff
from bot.errors import SettingsError, StoreError
from bot.store.database.operator_messages import explain
from bot.store.database.sqlite_setup import BUSY_MS, SETTING, Steady, attend, file_of, let_go, make_private
from bot.store.database.sqlite_writer import SqliteWriter

Result = TypeVar("Result")

FAILED = "the database failed: "
SCRUB_MS = 200
SCRUB_AGAIN = Backoff(first=0.2, longest=1.0, attempts=5, factor=1.7)  # 2 seconds in all

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class TakenError(StoreError):
    """There is a row of that key already. Stays within bot.store."""


class BusyLogError(StoreError):
    """Somebody reads what SQLite's log holds. Stays within bot.store."""


class Database:
    """Transactions that read or write. All raise StoreError where the database fails. `writer` is SQLite's."""

    def __init__(self, engine: AsyncEngine, writer: SqliteWriter | None = None) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writes=True)
        self._writer = writer

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Sees one state of the database; what it changes by mistake may fail."""
        return _transaction(self._engine)

    async def write(self, change: Callable[[Connection], Result], *, durable: bool = False) -> Result:
        """What `change` gives, which is all of a transaction and does nothing else. Raises TakenError too.

        `durable`: it survives a power cut from now on. PostgreSQL's always do; SQLite's are on the disk a little later.
        """
        if self._writer is not None:
            with _told():
                return await self._writer.write(change, durable=durable)
        connection: AsyncConnection
        async with self.writing() as connection:
            return await connection.run_sync(change)

    def writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """The same for what has to wait in between: on SQLite nobody else writes meanwhile. Raises TakenError too."""
        return _transaction(self._writing)

    async def scrub(self) -> None:
        """Empty SQLite's log, which keeps what has been overwritten since. Raises StoreError where others keep reading.

        https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
        """
        if self._engine.dialect.name != "sqlite":
            return
        await SCRUB_AGAIN.retry(self._empty_log, BusyLogError)

    async def _empty_log(self) -> None:
        connection: AsyncConnection
        # The pragma works outside of transactions only: the one that is begun for it is ended before.
        async with self.reading() as connection:
            await connection.exec_driver_sql("COMMIT")
            # While it waits for a reader nobody can write.
            await connection.exec_driver_sql(f"PRAGMA busy_timeout={SCRUB_MS}")
            busy = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
            await connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MS}")
            await connection.exec_driver_sql("BEGIN")
        if busy:
            raise BusyLogError("the database's log cannot be emptied while others read")

    async def close(self) -> None:
        """Close all connections."""
        if self._writer is not None:
            await self._writer.close()
        await self._engine.dispose()


@asynccontextmanager
async def _transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    with _told():
        async with engine.begin() as connection:
            yield connection


@contextmanager
def _told() -> Iterator[None]:
    """The database's errors as errors of the store."""
    try:
        yield
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
    if (file := file_of(url)) is not None:
        make_private(file)
    engine = create_async_engine(url, connect_args={"factory": Steady})
    attend(engine.sync_engine)
    event.listen(engine.sync_engine, "invalidate", let_go)
    if not url.database or url.database == ":memory:":  # each connection's own
        return Database(engine)
    writing = create_engine(url.set(drivername="sqlite"), pool_size=1).execution_options(writes=True)
    attend(writing)
    return Database(engine, SqliteWriter(writing, BUSY_MS))


def is_missing(url: URL) -> bool:
    """Whether it is SQLite's, and its file is yet to be made."""
    file = file_of(url)
    try:
        return file is not None and not file.exists()
    except (OSError, ValueError):
        return False
