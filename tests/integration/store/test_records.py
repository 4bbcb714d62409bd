"""Records on a real SQLite file and on PostgreSQL, used concurrently."""

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.store import Records, open_records


@pytest.fixture
async def records(database_url: str, clock: Any) -> AsyncIterator[Records]:
    async with open_records(database_url, clock) as opened:
        yield opened


async def test_record_is_read_by_kind_and_key(records: Records) -> None:
    version = await records.add("token", "a", b"one")
    found = await records.get("token", "a")
    assert found is not None
    assert (found.value, found.version) == (b"one", version)
    assert await records.get("token", "b") is None
    assert await records.get("question", "a") is None


async def test_record_is_added_once(records: Records) -> None:
    assert await records.add("token", "a", b"one") is not None
    assert await records.add("token", "a", b"two") is None


async def test_replace_and_delete_fail_when_the_version_is_old(records: Records) -> None:
    version = await records.add("token", "a", b"one")
    assert version is not None
    second = await records.replace("token", "a", b"two", version=version)
    assert second not in {None, version}
    assert await records.replace("token", "a", b"late", version=version) is None
    found = await records.get("token", "a")
    assert found is not None
    assert found.value == b"two"


async def test_replace_fails_when_the_record_was_deleted_and_created_again(records: Records) -> None:
    version = await records.add("token", "a", b"one")
    assert version is not None
    assert await records.delete("token", "a")
    assert await records.replace("token", "a", b"back", version=version) is None
    assert await records.get("token", "a") is None


async def test_put_saves_when_the_record_exists(records: Records) -> None:
    first = await records.put("token", "a", b"one")
    await records.put("token", "a", b"two")
    found = await records.get("token", "a")
    assert found is not None
    assert (found.value, found.version != first) == (b"two", True)


async def test_concurrent_puts_of_one_key_all_succeed(records: Records) -> None:
    for round_ in range(5):
        await asyncio.gather(*(records.put("token", f"{round_}", b"%d" % n) for n in range(8)))
    assert await records.count("token") == 5


async def test_one_of_many_takes_gets_the_record(records: Records) -> None:
    await records.add("sign-in", "state", b"flow")
    taken = await asyncio.gather(*(records.take("sign-in", "state") for _ in range(8)))
    assert [each.value for each in taken if each is not None] == [b"flow"]


async def test_one_of_many_replaces_of_a_version_succeeds(records: Records) -> None:
    version = await records.add("token", "a", b"one")
    assert version is not None
    tries = (records.replace("token", "a", b"%d" % n, version=version) for n in range(8))
    won = [each for each in await asyncio.gather(*tries) if each is not None]
    assert len(won) == 1


async def test_record_does_not_exist_when_it_has_expired(records: Records, clock: Any) -> None:
    version = await records.add("sign-in", "state", b"flow", expires=1_010.0)
    assert version is not None
    clock.now = 1_010.0
    assert await records.get("sign-in", "state") is None
    assert await records.take("sign-in", "state") is None
    assert await records.replace("sign-in", "state", b"x", version=version) is None
    assert not await records.delete("sign-in", "state")
    assert await records.count("sign-in") == 0
    assert await records.add("sign-in", "state", b"new") is not None


async def test_purge_removes_expired_records_only(records: Records, clock: Any) -> None:
    await records.add("sign-in", "old", b"1", expires=1_001.0)
    await records.add("sign-in", "new", b"2", expires=2_000.0)
    await records.add("token", "kept", b"3")
    clock.now = 1_500.0
    assert await records.purge() == 1
    assert (await records.count("sign-in"), await records.count("token")) == (1, 1)


async def test_records_are_shared_by_two_bots_and_survive_a_restart(database_url: str, clock: Any) -> None:
    async with open_records(database_url, clock) as one, open_records(database_url, clock) as two:
        version = await one.add("token", "a", b"one")
        assert version is not None
        assert await two.replace("token", "a", b"two", version=version) is not None
        assert await one.replace("token", "a", b"three", version=version) is None
    async with open_records(database_url, clock) as again:
        found = await again.get("token", "a")
        assert found is not None
        assert found.value == b"two"


async def test_file_is_in_wal_mode_and_private(tmp_path: Path) -> None:
    file = tmp_path / "data" / "bot.db"
    async with open_records(f"sqlite+aiosqlite:///{file}") as records:
        await records.add("token", "a", b"one")
    connection = sqlite3.connect(file)
    try:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    finally:
        connection.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "hostile", ["", "'; DROP TABLE records; --", "ключ", "a" * 200, "nul\x00inside", "half \ud800", "x" * 9_999, "#"]
)
async def test_any_text_is_a_key(records: Records, hostile: str) -> None:
    await records.add("token", hostile, b"v")
    found: Any = await records.get("token", hostile)
    assert found.value == b"v"
    assert await records.count("token") == 1
