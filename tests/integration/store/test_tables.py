"""The check which of our tables a database has, and the erasure of data.

The check changes nothing, and erased data is not readable any more.
"""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import SettingsError, StoreError
from bot.store import open_store, tables_at
from bot.store.database.tables import RECORDS


async def test_no_file_is_created_when_the_database_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "data" / "bot.db"
    assert await tables_at(f"sqlite:///{file}") == "none"
    assert not file.parent.exists()


async def test_version_is_none_when_empty_and_current_when_in_use(empty_database_url: str) -> None:
    assert await tables_at(empty_database_url) == "none"
    assert await tables_at(empty_database_url) == "none"
    async with open_store(empty_database_url):
        assert await tables_at(empty_database_url) == "current"
    assert await tables_at(empty_database_url) == "current"


async def test_version_is_older_and_unchanged_when_an_older_release_made_it(empty_database_url: str) -> None:
    engine = create_async_engine(empty_database_url)
    Path(engine.url.database or "").parent.mkdir(exist_ok=True)
    async with engine.begin() as connection:
        await connection.run_sync(RECORDS.create)
    await engine.dispose()
    for _ in range(2):
        assert await tables_at(empty_database_url) == "older"
    async with open_store(empty_database_url):
        assert await tables_at(empty_database_url) == "current"


async def test_version_is_none_when_the_tables_are_of_another_program(empty_database_url: str) -> None:
    engine = create_async_engine(empty_database_url)
    Path(engine.url.database or "").parent.mkdir(exist_ok=True)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE records (kind VARCHAR(40), artist VARCHAR(200))"))
    await engine.dispose()
    assert await tables_at(empty_database_url) == "none"


async def test_error_is_raised_when_a_newer_release_made_the_tables(empty_database_url: str) -> None:
    async with open_store(empty_database_url):
        pass
    engine = create_async_engine(empty_database_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE usagebot_version SET version_num = 'ffff'"))
    await engine.dispose()
    with pytest.raises(SettingsError, match="newer release"):
        await tables_at(empty_database_url)


@pytest.mark.parametrize("url", ["no url", "postgresql://u:secret@127.0.0.1:9/bot"])
async def test_error_has_no_password_when_a_database_cannot_be_opened(url: str) -> None:
    with pytest.raises(SettingsError) as raised:
        await tables_at(url)
    assert "secret" not in str(raised.value)


def contents(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file())


async def test_deleted_and_overwritten_data_is_not_readable_after_scrub(tmp_path: Path) -> None:
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


async def test_scrub_raises_store_error_when_a_reader_keeps_reading(tmp_path: Path, monkeypatch: Any) -> None:
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


async def test_scrub_keeps_other_data_on_either_database(empty_database_url: str) -> None:
    async with open_store(empty_database_url) as store:
        await store.records.put("token", "a", b"one")
        await store.scrub()
        assert await store.records.count("token") == 1
