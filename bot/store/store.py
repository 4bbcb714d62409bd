"""Everything in one database, as one thing to open."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import SettingsError, StoreError
from bot.store.database import FAILED, SETTING, Database, connect, read_url
from bot.store.digests import DigestStore
from bot.store.ledger import Ledger
from bot.store.records import Records
from bot.store.replicas import Replicas


@dataclass(frozen=True, slots=True)
class Store:
    """What must survive a restart and be shared by replicas.

    `url` is the database's with an asynchronous driver, `sync_url` the same for libraries that know only the others
    (`sqlite:///…`, `postgresql+psycopg://…`). Both may hold a password.
    """

    records: Records
    digests: DigestStore
    ledger: Ledger
    replicas: Replicas
    url: str = field(repr=False)
    sync_url: str = field(repr=False)


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
            digests=DigestStore(database, clock),
            ledger=Ledger(database, clock),
            replicas=Replicas(database),
            url=parsed.render_as_string(hide_password=False),
            sync_url=_sync(parsed).render_as_string(hide_password=False),
        )
    finally:
        await database.close()


@asynccontextmanager
async def open_records(url: str, clock: Callable[[], float] = time.time) -> AsyncIterator[Records]:
    """Only the records of `open_store`."""
    async with open_store(url, clock) as store:
        yield store.records


async def _prepare(database: Database, url: URL) -> None:
    """Run the migrations."""
    # Alembic takes a quarter of a second to load, which a command without a database need not wait for.
    from bot.store.migrate import migrate  # noqa: PLC0415

    try:
        connection: AsyncConnection
        async with database.writing() as connection:
            await connection.run_sync(migrate)
    except StoreError as problem:
        shown = url.render_as_string(hide_password=True)
        why = str(problem).removeprefix(FAILED)
        raise SettingsError(SETTING, f"{shown} cannot be opened: {why}") from None


def _sync(url: URL) -> URL:
    return url.set(drivername="sqlite") if url.get_backend_name() == "sqlite" else url
