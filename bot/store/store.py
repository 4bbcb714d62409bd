"""Everything in one database, as one thing to open."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import SettingsError, StoreError
from bot.store.database.database import FAILED, Database, connect, is_missing, read_url
from bot.store.database.sqlite_setup import SETTING
from bot.store.digests.delivery_ledger import DeliveryLedger
from bot.store.digests.digest_repository import DigestRepository
from bot.store.records import Records
from bot.store.replicas import Replicas

if TYPE_CHECKING:
    from bot.store.database.schema_upgrade import SchemaVersion


@dataclass(frozen=True, slots=True)
class Store:
    """What must survive a restart and be shared by replicas.

    `url` is the database's with an asynchronous driver, `sync_url` the same for libraries that know only the others
    (`sqlite:///…`, `postgresql+psycopg://…`). Both may hold a password.
    """

    records: Records
    digests: DigestRepository
    ledger: DeliveryLedger
    replicas: Replicas
    url: str = field(repr=False)
    sync_url: str = field(repr=False)
    _database: Database = field(repr=False)

    async def scrub(self) -> None:
        """Leave nothing readable of what was deleted. Raises StoreError.

        On SQLite: what is deleted is overwritten at once, but the log beside the file keeps what was written before.
        PostgreSQL overwrites it in its own time: https://www.postgresql.org/docs/current/routine-vacuuming.html
        """
        await self._database.scrub()


@asynccontextmanager
async def open_store(url: str, clock: Callable[[], float] = time.time) -> AsyncIterator[Store]:
    """The store at `url`, such as `sqlite:////var/lib/usagebot/bot.db` or `postgresql://usagebot@host/usagebot`.

    Its tables are made, or brought up to date. `clock` gives seconds since the epoch. Raises SettingsError where the
    database cannot be opened or belongs to a newer release; the message holds no password.
    """
    parsed = read_url(url)
    database = connect(parsed)
    try:
        await _prepare(database, parsed)
        yield Store(
            records=Records(database, clock),
            digests=DigestRepository(database, clock),
            ledger=DeliveryLedger(database, clock),
            replicas=Replicas(database),
            url=parsed.render_as_string(hide_password=False),
            sync_url=_sync(parsed).render_as_string(hide_password=False),
            _database=database,
        )
    finally:
        await database.close()


@asynccontextmanager
async def open_records(url: str, clock: Callable[[], float] = time.time) -> AsyncIterator[Records]:
    """Only the records of `open_store`."""
    async with open_store(url, clock) as store:
        yield store.records


async def tables_at(url: str) -> "SchemaVersion":
    """What of ours is in the database at `url`; nothing is made or changed there. Raises SettingsError."""
    from bot.store.database.schema_upgrade import SchemaVersion, found_in  # noqa: PLC0415  # as below

    parsed = read_url(url)
    if is_missing(parsed):
        return SchemaVersion.NONE
    database = connect(parsed)
    try:
        connection: AsyncConnection
        async with database.reading() as connection:
            return await connection.run_sync(found_in)
    except StoreError as problem:
        raise _unopened(parsed, problem) from None
    finally:
        await database.close()


async def _prepare(database: Database, url: URL) -> None:
    """Run the migrations."""
    # Alembic takes a quarter of a second to load, which a command without a database need not wait for.
    from bot.store.database.schema_upgrade import migrate  # noqa: PLC0415

    try:
        connection: AsyncConnection
        async with database.writing() as connection:
            await connection.run_sync(migrate)
    except StoreError as problem:
        raise _unopened(url, problem) from None


def _unopened(url: URL, problem: StoreError) -> SettingsError:
    shown = url.render_as_string(hide_password=True)
    return SettingsError(SETTING, f"{shown} cannot be opened: {str(problem).removeprefix(FAILED)}")


def _sync(url: URL) -> URL:
    return url.set(drivername="sqlite") if url.get_backend_name() == "sqlite" else url
