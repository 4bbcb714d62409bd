"""SQLAlchemy's engine and its transactions, on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from typing import TypeVar

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.concurrency.backoff import Backoff
from bot.errors import SettingsError, StoreError
from bot.store.database.operator_messages import explain, is_victim
from bot.store.database.sqlite_setup import (
    BUSY_MS,
    SETTING,
    CursorClosingConnection,
    configure_sqlite,
    file_of,
    make_private,
    roll_back_before_close,
    turn_on_wal,
)
from bot.store.database.sqlite_writer import SqliteWriter

Result = TypeVar("Result")

FAILED = "the database failed: "
SCRUB_MS = 200
# Seconds. The other transaction continues at once, and each repetition meets others.
VICTIM_AGAIN = Backoff(first=0.05, longest=0.5, attempts=6, jitter=0.1)
SCRUB_AGAIN = Backoff(first=0.2, longest=1.0, attempts=5, factor=1.7)  # 2 seconds in all

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class TakenError(StoreError):
    """A row with that key exists already. Must not leave bot.store."""


class VictimError(StoreError):
    """The database ended this transaction, so that another one continues.

    The two waited for each other. Nothing was changed. It can be run again.
    """


class BusyLogError(StoreError):
    """SQLite's log cannot be emptied because a connection still reads it.

    Must not leave bot.store.
    """


class Database:
    """Transactions that read or write. `writer` is for SQLite only.

    All methods raise StoreError when the database fails.
    """

    def __init__(self, engine: AsyncEngine, writer: SqliteWriter | None = None) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writes=True)
        self._writer = writer

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Return a transaction that sees one state of the database.

        It is for reading: a change in it may fail.
        """
        return _transaction(self._engine)

    async def write(self, change: Callable[[Connection], Result], *, durable: bool = False) -> Result:
        """Run `change` as one transaction and return its result. Raises TakenError too.

        `change` must contain the whole transaction and nothing else: it is run again if it and another one waited for
        each other and the database ended this one. If `durable`, the change survives a power cut once
        this has returned. On PostgreSQL every change does; on SQLite other changes reach the disk a little later.
        """
        if self._writer is not None:
            with _store_errors():
                return await self._writer.write(change, durable=durable)
        return await VICTIM_AGAIN.retry(lambda: self._written(change), VictimError)

    async def _written(self, change: Callable[[Connection], Result]) -> Result:
        connection: AsyncConnection
        async with self.writing() as connection:
            return await connection.run_sync(change)

    def writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Return a transaction for a change that has to wait between its statements.

        Raises TakenError too.

        On SQLite no other connection can write meanwhile.
        """
        return _transaction(self._writing)

    @property
    def is_postgresql(self) -> bool:
        """Return True for PostgreSQL, False for SQLite."""
        return self._engine.dialect.name == "postgresql"

    @asynccontextmanager
    async def kept_connection(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection for a long time, without a transaction.

        It is closed afterwards.
        """
        with _store_errors():
            async with self._engine.connect() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                try:
                    yield connection
                finally:
                    await connection.invalidate()

    async def scrub(self) -> None:
        """Empty SQLite's log, which still holds data that was overwritten in the file.

        Raises StoreError when other connections keep reading.
        https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
        """
        if self._engine.dialect.name != "sqlite":
            return
        await SCRUB_AGAIN.retry(self._empty_log, BusyLogError)

    async def _empty_log(self) -> None:
        connection: AsyncConnection
        # The pragma works outside of transactions only, so the one that SQLAlchemy began is ended first.
        async with self.reading() as connection:
            await connection.exec_driver_sql("COMMIT")
            # While the pragma waits for a reader, no connection can write.
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
    with _store_errors():
        async with engine.begin() as connection:
            yield connection


@contextmanager
def _store_errors() -> Iterator[None]:
    """Turn the errors of the database into errors of the store."""
    try:
        yield
    except IntegrityError:
        raise TakenError("the database has such a row already") from None
    except (SQLAlchemyError, OSError) as error:
        # The cause may hold values, and values are secrets.
        raise (VictimError if is_victim(error) else StoreError)(FAILED + explain(error)) from None


def read_url(text: str) -> URL:
    """Return the URL in `text`, with the driver that the bot uses.

    `text` is for example `sqlite:///bot.db` or `postgresql://…`. Raises SettingsError for any other text; the message
    holds no password.
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
    """Return the database at `url`; no connection is opened yet.

    Raises SettingsError when SQLite's file cannot be written.
    """
    if url.get_backend_name() != "sqlite":
        return Database(create_async_engine(url, pool_pre_ping=True))
    if (file := file_of(url)) is not None:
        make_private(file)
        turn_on_wal(file)
    engine = create_async_engine(url, connect_args={"factory": CursorClosingConnection})
    configure_sqlite(engine.sync_engine)
    event.listen(engine.sync_engine, "invalidate", roll_back_before_close)
    if not url.database or url.database == ":memory:":  # each connection has its own database
        return Database(engine)
    writing = create_engine(url.set(drivername="sqlite"), pool_size=1).execution_options(writes=True)
    configure_sqlite(writing)
    return Database(engine, SqliteWriter(writing, BUSY_MS))


def is_missing(url: URL) -> bool:
    """Return True if the URL names an SQLite file that does not exist yet."""
    file = file_of(url)
    try:
        return file is not None and not file.exists()
    except (OSError, ValueError):
        return False
