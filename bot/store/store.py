"""The store: all tables of the bot in one database, opened together."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import SettingsError, StoreError
from bot.store.activity_claims import ActivityClaims
from bot.store.announcements import Announcements
from bot.store.database.database import FAILED, Database, connect, is_missing, read_url
from bot.store.database.sqlite_setup import SETTING
from bot.store.digests.damaged_digests import DamagedDigests
from bot.store.digests.delivery_ledger import DeliveryLedger
from bot.store.digests.digest_repository import DigestRepository
from bot.store.digests.digest_signing import DigestSigning
from bot.store.digests.signed_rows import Signatures, SignedRows
from bot.store.digests.stopped_digests import StoppedDigests
from bot.store.exclusions import Exclusions
from bot.store.miss_records import MissRecords
from bot.store.open_turns import OpenTurns
from bot.store.records import Records
from bot.store.replicas import Replicas
from bot.store.seen_figures import SeenFigures

if TYPE_CHECKING:
    from bot.store.database.schema_upgrade import SchemaVersion


@dataclass(frozen=True, slots=True)
class Store:
    """What must survive a restart and be shared by replicas.

    `url` is the URL of the database with an asynchronous driver, `sync_url` is the same for libraries that need a
    synchronous one (`sqlite:///…`, `postgresql+psycopg://…`). Both may hold a password.
    """

    records: Records
    digests: DigestRepository
    damaged: DamagedDigests
    stopped: StoppedDigests
    signing: DigestSigning
    ledger: DeliveryLedger
    replicas: Replicas
    claims: ActivityClaims
    announcements: Announcements
    misses: MissRecords
    turns: OpenTurns
    seen: SeenFigures
    exclusions: Exclusions
    url: str = field(repr=False)
    sync_url: str = field(repr=False)
    _database: Database = field(repr=False)

    async def scrub(self) -> None:
        """Make deleted data unreadable. Raises StoreError.

        SQLite overwrites deleted rows in its file at once, but the log next to the file keeps what was written before,
        so the log is emptied. PostgreSQL overwrites deleted rows when it vacuums, so nothing is done there:
        https://www.postgresql.org/docs/current/routine-vacuuming.html
        """
        await self._database.scrub()


@asynccontextmanager
async def open_store(
    url: str, clock: Callable[[], float] = time.time, signatures: Signatures | None = None
) -> AsyncIterator[Store]:
    """Open the store at `url`; its tables are created or upgraded.

    `url` is for example `sqlite:////var/lib/usagebot/bot.db` or `postgresql://usagebot@host/usagebot`. `clock` returns
    Unix seconds. `signatures` sign digests, and one that does not match does not exist; None for commands of the
    operator, which see every row. Raises SettingsError when the database cannot be opened or belongs to a newer
    release; the message holds no password.
    """
    parsed = read_url(url)
    database, rows = connect(parsed), SignedRows(signatures)
    try:
        await _prepare(database, parsed, rows)
        yield Store(
            records=Records(database, clock),
            digests=DigestRepository(database, clock, rows),
            damaged=DamagedDigests(database, rows),
            stopped=StoppedDigests(database, clock, rows),
            signing=DigestSigning(database, rows),
            ledger=DeliveryLedger(database, clock),
            replicas=Replicas(database),
            claims=ActivityClaims(database, clock),
            announcements=Announcements(database),
            misses=MissRecords(database),
            turns=OpenTurns(database),
            seen=SeenFigures(database),
            exclusions=Exclusions(database),
            url=parsed.render_as_string(hide_password=False),
            sync_url=_sync(parsed).render_as_string(hide_password=False),
            _database=database,
        )
    finally:
        await database.close()


@asynccontextmanager
async def open_records(url: str, clock: Callable[[], float] = time.time) -> AsyncIterator[Records]:
    """Open the store at `url` as `open_store` does, and yield only its records."""
    async with open_store(url, clock) as store:
        yield store.records


async def tables_at(url: str) -> "SchemaVersion":
    """Return which of our tables the database at `url` has.

    Nothing is changed. Raises SettingsError.
    """
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


async def _prepare(database: Database, url: URL, rows: SignedRows) -> None:
    """Run the migrations."""
    # Loading Alembic takes a quarter of a second; a command without a database should not wait for that.
    from bot.store.database.schema_upgrade import migrate  # noqa: PLC0415

    try:
        connection: AsyncConnection
        async with database.writing() as connection:
            await connection.run_sync(migrate, rows.sign_all)
    except StoreError as problem:
        raise _unopened(url, problem) from None


def _unopened(url: URL, problem: StoreError) -> SettingsError:
    shown = url.render_as_string(hide_password=True)
    return SettingsError(SETTING, f"{shown} cannot be opened: {str(problem).removeprefix(FAILED)}")


def _sync(url: URL) -> URL:
    return url.set(drivername="sqlite") if url.get_backend_name() == "sqlite" else url
