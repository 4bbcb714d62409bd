"""What of ours is in a database, found out without changing it; and nothing is readable of what was erased."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import SettingsError, StoreError
from bot.store import open_store, tables_at
from bot.store.database.tables import RECORDS


async def test_nothing_is_made_where_there_is_nothing(tmp_path: Path) -> None:
    file = tmp_path / "data" / "bot.db"
    assert await tables_at(f"sqlite:///{file}") == "none"
    assert not file.parent.exists()


async def test_an_empty_database_stays_empty_and_one_in_use_is_current(empty_database_url: str) -> None:
    assert await tables_at(empty_database_url) == "none"
    assert await tables_at(empty_database_url) == "none"
    async with open_store(empty_database_url):
        assert await tables_at(empty_database_url) == "current"
    assert await tables_at(empty_database_url) == "current"


async def test_what_an_older_release_left_is_older_and_stays_as_it_is(empty_database_url: str) -> None:
    engine = create_async_engine(empty_database_url)
    Path(engine.url.database or "").parent.mkdir(exist_ok=True)
    async with engine.begin() as connection:
        await connection.run_sync(RECORDS.create)
    await engine.dispose()
    for _ in range(2):
        assert await tables_at(empty_database_url) == "older"
    async with open_store(empty_database_url):
        assert await tables_at(empty_database_url) == "current"


async def test_somebody_elses_tables_are_none_of_ours(empty_database_url: str) -> None:
    engine = create_async_engine(empty_database_url)
    Path(engine.url.database or "").parent.mkdir(exist_ok=True)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE records (kind VARCHAR(40), artist VARCHAR(200))"))
    await engine.dispose()
    assert await tables_at(empty_database_url) == "none"


async def test_what_a_newer_release_left_is_refused(empty_database_url: str) -> None:
    async with open_store(empty_database_url):
        pass
    engine = create_async_engine(empty_database_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE usagebot_version SET version_num = 'ffff'"))
    await engine.dispose()
    with pytest.raises(SettingsError, match="newer release"):
        await tables_at(empty_database_url)


@pytest.mark.parametrize("url", ["no url", "postgresql://u:secret@127.0.0.1:9/bot"])
async def test_one_that_cannot_be_opened_is_told_without_its_password(url: str) -> None:
    with pytest.raises(SettingsError) as told:
        await tables_at(url)
    assert "secret" not in str(told.value)


def contents(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file())


async def test_nothing_is_readable_of_what_was_deleted_or_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    async with open_store(f"sqlite:///{file}") as store:
        for number in range(300):
            await store.records.put("token", f"SECRET-{number:05}", b"SECRET" * (number * 7 % 900 + 1))
        for number in range(0, 300, 2):
            await store.records.put("token", f"SECRET-{number:05}", b"short")
        assert b"SECRET" in contents(tmp_path)
        for number in range(300):
            await store.records.delete("token", f"SECRET-{number:05}")
        await store.records.put("token", "kept", b"kept")
        await store.scrub()
        assert b"SECRET" not in contents(tmp_path)
        assert (await store.records.get("token", "kept")) is not None
    assert b"SECRET" not in contents(tmp_path)


async def test_scrubbing_says_so_where_somebody_keeps_reading(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("bot.store.database.database.BUSY_MS", 50)
    file = tmp_path / "bot.db"
    async with open_store(f"sqlite:///{file}") as store:
        await store.records.put("token", "a", b"one")
        reader = sqlite3.connect(file, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM records").fetchone()
        await store.records.put("token", "a", b"two")
        with pytest.raises(StoreError):
            await store.scrub()
        reader.close()
        await store.scrub()
        found = await store.records.get("token", "a")
        assert found is not None
        assert found.value == b"two"


async def test_scrubbing_harms_nothing_on_either_database(empty_database_url: str) -> None:
    async with open_store(empty_database_url) as store:
        await store.records.put("token", "a", b"one")
        await store.scrub()
        assert await store.records.count("token") == 1
