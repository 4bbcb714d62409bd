"""Databases that are empty, older, newer, or opened by several at once."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import (
    Column,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    insert,
    inspect,
    make_url,
    text,
)
from structlog.testing import capture_logs

from bot.errors import SettingsError
from bot.store import open_records, open_store
from bot.store.database.sqlite_setup import turn_on_wal
from bot.store.database.tables import metadata
from tests.integration.digests.release_0_1 import add_digest, connected, digest_row, make_database
from tests.integration.digests.stage import group_chats, store_at

NO_CONNECTOR: Any = SimpleNamespace(service_url="https://smba.trafficmanager.net/teams/", bot_id="28:bot")
OLD_DIGEST = digest_row(group_chats(1)[0], NO_CONNECTOR, 1_800_000_000.0)

OPEN = """
import asyncio, sys
from bot.store import open_store
import bot.store.database.schema_upgrade

async def main():
    async with open_store(sys.argv[1]) as store:
        await store.records.add("opened", sys.argv[2], b"")
        print("opened", flush=True)
        sys.stdin.readline()

print("ready", flush=True)
sys.stdin.readline()
asyncio.run(main())
"""


async def test_migrations_result_in_the_declared_tables(empty_database_url: str) -> None:
    async with open_store(empty_database_url) as store:
        engine = create_engine(store.sync_url)
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"version_table": "usagebot_version"})
            assert compare_metadata(context, metadata) == []
        engine.dispose()


async def test_tables_stay_the_same_when_the_database_is_opened_again(empty_database_url: str, schema: Any) -> None:
    async with open_store(empty_database_url):
        before = schema(empty_database_url)
    async with open_store(empty_database_url):
        assert schema(empty_database_url) == before
    assert {
        "records",
        "digests",
        "stopped_digests",
        "occurrences",
        "replicas",
        "missed_sentences",
        "open_turns",
        "seen_figures",
        "exclusions",
        "usagebot_version",
    } == set(before)


async def test_database_of_the_first_releases_is_upgraded_without_loss(empty_database_url: str, schema: Any) -> None:
    # As those releases created it: `create_all` with this one table.
    old = MetaData()
    records = Table(
        "records",
        old,
        Column("kind", String(40), primary_key=True),
        Column("key", String(200), primary_key=True),
        Column("version", Integer, nullable=False),
        Column("value", LargeBinary, nullable=False),
        Column("expires", Float, nullable=True, index=True),
    )
    if empty_database_url.startswith("sqlite"):
        Path(empty_database_url.removeprefix("sqlite+aiosqlite:///")).parent.mkdir()
    engine = create_engine(empty_database_url.replace("+aiosqlite", ""))
    with engine.begin() as connection:
        old.create_all(connection)
        connection.execute(insert(records).values(kind="token", key="a", version=7, value=b"kept", expires=None))
    engine.dispose()
    async with open_store(empty_database_url) as store:
        found = await store.records.get("token", "a")
        assert found is not None
        assert (found.value, found.version) == (b"kept", 7)
        assert await store.digests.count() == 0
    assert schema(empty_database_url)["records"] == ["ix_records_expires"]


async def test_database_of_a_newer_release_is_refused_and_unchanged(empty_database_url: str, schema: Any) -> None:
    async with open_store(empty_database_url) as store, store.digests._database.writing() as connection:
        await connection.execute(text("UPDATE usagebot_version SET version_num = '9999'"))
        await connection.execute(text("ALTER TABLE records ADD COLUMN wanted_by_the_newer INTEGER NOT NULL DEFAULT 1"))
    before = schema(empty_database_url)
    with pytest.raises(SettingsError, match="step 9999, this one knows 0013"):
        async with open_store(empty_database_url):
            pytest.fail("opened")
    assert schema(empty_database_url) == before


async def test_digests_of_an_older_release_are_not_upgraded_without_keys(empty_database_url: str, schema: Any) -> None:
    await make_database(empty_database_url)
    with connected(empty_database_url) as connection:
        add_digest(connection, OLD_DIGEST)
    with pytest.raises(SettingsError, match="has digests of an older release: `usagebot serve` upgrades it"):
        async with open_store(empty_database_url):
            pytest.fail("opened")
    with connected(empty_database_url) as connection:
        assert connection.execute(text("SELECT version_num FROM usagebot_version")).scalar_one() == "0002"


async def test_digests_of_an_older_release_are_signed_once(empty_database_url: str) -> None:
    await make_database(empty_database_url)
    with connected(empty_database_url) as connection:
        signed = add_digest(connection, OLD_DIGEST)
    with capture_logs() as logs:
        async with store_at(empty_database_url) as store:
            assert await store.digests.get(signed) is not None
    with connected(empty_database_url) as connection:
        later = add_digest(connection, OLD_DIGEST)
    with capture_logs() as again:
        async with store_at(empty_database_url) as store:
            assert [each.number for each in await store.digests.all()] == [signed]
    assert [(each["event"], each.get("count")) for each in logs] == [("digests_signed", 1)]
    assert [(each["event"], each.get("digest")) for each in again] == [("digest_altered", later)]


async def test_database_opens_when_another_program_uses_alembic_in_it(empty_database_url: str) -> None:
    async with open_store(empty_database_url) as store, store.digests._database.writing() as connection:
        await connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        await connection.execute(text("INSERT INTO alembic_version VALUES ('theirs')"))
    async with open_store(empty_database_url) as store:
        assert await store.digests.count() == 0


async def test_several_tasks_can_open_an_empty_database_at_once(empty_database_url: str) -> None:
    async def use() -> int:
        async with open_store(empty_database_url) as store:
            return await store.digests.count()

    assert await asyncio.gather(*(use() for _ in range(4))) == [0] * 4


@pytest.mark.parametrize("_", range(2))
def test_several_processes_can_open_an_empty_database_at_once(empty_database_url: str, _: int) -> None:
    command = [sys.executable, "-c", OPEN, empty_database_url]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with ExitStack() as stack:
        running = [stack.enter_context(subprocess.Popen([*command, str(n)], text=True, **pipes)) for n in range(4)]
        for process in running:
            stack.callback(process.kill)
        assert [process.stdout.readline() for process in running] == ["ready\n"] * 4
        go_on(running)
        opened = [process.stdout.readline() for process in running]  # "" of one that failed: nothing waits for it
        go_on(running)
        ended = [(process.communicate()[1], process.returncode) for process in running]
    assert (opened, ended) == (["opened\n"] * 4, [("", 0)] * 4)


def go_on(running: list[Any]) -> None:
    for process in running:
        with suppress(BrokenPipeError):
            process.stdin.write("go on\n")
            process.stdin.flush()


def test_new_file_is_put_in_wal_mode_while_another_process_has_it(tmp_path: Path) -> None:
    path, waits = tmp_path / "bot.db", []
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")

        def sleep(seconds: float) -> None:
            waits.append(seconds)
            if len(waits) == 3:
                other.execute("ROLLBACK")

        turn_on_wal(path, sleep)
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert waits == [0.02] * 3


def test_alembic_is_not_loaded_when_no_database_is_opened() -> None:
    program = "import sys, bot.store; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


async def test_driver_is_added_when_the_sqlite_url_has_none(tmp_path: Path) -> None:
    async with open_store(f"sqlite:///{tmp_path}/bot.db") as store:
        assert store.url == f"sqlite+aiosqlite:///{tmp_path}/bot.db"
        assert store.sync_url == f"sqlite:///{tmp_path}/bot.db"
        assert "bot.db" not in repr(store)


async def test_driver_is_added_when_the_postgresql_url_has_none(postgresql_url: str) -> None:
    for scheme in ("postgres", "postgresql"):
        async with open_store(postgresql_url.replace("postgresql+psycopg", scheme)) as store:
            assert store.url == store.sync_url
            assert make_url(store.url) == make_url(postgresql_url)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("nonsense", "is not a database URL"),
        ("", "is not a database URL"),
        ("postgresql://h:port/d", "is not a database URL"),
        ("mysql+pymysql://u:secret@h/d", "neither SQLite nor PostgreSQL"),
        ("postgresql+nope://u:secret@h/d", "neither SQLite nor PostgreSQL"),
        ("sqlite:////proc/nowhere/bot.db", "cannot be written"),
        ("sqlite:///nul\0.db", "names no file"),
        ("postgresql://u:secret@127.0.0.1:9/d", "cannot be opened"),
    ],
)
async def test_error_names_the_reason_when_a_database_cannot_be_opened(wrong: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message) as caught:
        async with open_records(wrong):
            pytest.fail("opened")
    assert "secret" not in str(caught.value)


async def test_error_is_raised_when_the_postgresql_database_is_missing(postgresql: Any) -> None:
    with pytest.raises(SettingsError, match="cannot be opened"):
        async with open_records(postgresql.url("nowhere")):
            pytest.fail("opened")


async def test_error_is_raised_when_the_file_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"nothing of the kind" * 1000)
    with pytest.raises(SettingsError, match="no SQLite database"):
        async with open_records(f"sqlite:///{tmp_path}/bot.db"):
            pytest.fail("opened")


async def test_failed_step_leaves_the_database_unchanged(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "bot.db") as opened:
        opened.execute("CREATE TABLE replicas (mine INTEGER)")  # the last table that the steps create
    opened.close()
    with pytest.raises(SettingsError, match="tables are not those of this release"):
        async with open_records(f"sqlite:///{tmp_path}/bot.db"):
            pytest.fail("opened")
    with sqlite3.connect(tmp_path / "bot.db") as opened:
        assert opened.execute("SELECT name FROM sqlite_master").fetchall() == [("replicas",)]
    opened.close()


@pytest.fixture
def schema() -> Any:
    """Return a function that reads each table with its indexes."""

    def read(url: str) -> dict[str, list[str]]:
        engine = create_engine(url.replace("+aiosqlite", ""))
        found = inspect(engine)
        tables = {name: [str(each["name"]) for each in found.get_indexes(name)] for name in found.get_table_names()}
        engine.dispose()
        return tables

    return read
