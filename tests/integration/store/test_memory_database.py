"""A database in memory works like one in a file, and is gone after its context."""

import asyncio
import os
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import open_records
from bot.store.database.memory_database import database_in_memory


async def test_database_remains_until_its_context_ends() -> None:
    with database_in_memory() as url:
        async with open_records(url) as records:
            assert await records.add("a", "key", b"value") is not None
        async with open_records(url) as records:
            assert await records.count("a") == 1
    async with open_records(url) as records:
        assert await records.count("a") == 0


async def test_each_context_has_its_own_database() -> None:
    with database_in_memory() as one, database_in_memory() as other:
        async with open_records(one) as records, open_records(other) as others:
            await records.add("a", "key", b"value")
            assert await others.get("a", "key") is None


async def test_concurrent_writes_succeed_and_one_take_gets_the_record() -> None:
    with database_in_memory() as url:
        async with open_records(url) as records:
            await asyncio.gather(*(records.add("a", str(number), b"value") for number in range(100)))
            assert await records.count("a") == 100
            taken = await asyncio.gather(*(records.take("a", "7") for _ in range(10)))
            assert [each is not None for each in taken].count(True) == 1


async def test_cancelled_write_loses_no_other_record() -> None:
    with database_in_memory() as url:
        async with open_records(url) as records:
            await records.add("a", "key", b"value")
            for _ in range(5):
                writing = [asyncio.create_task(records.put("a", "other", b"value")) for _ in range(10)]
                await asyncio.sleep(0.002)
                for each in writing:
                    each.cancel()
                outcomes = await asyncio.gather(*writing, return_exceptions=True)
                assert not [each for each in outcomes if isinstance(each, StoreError)]
            found = await records.get("a", "key")
    assert found is not None
    assert found.value == b"value"


async def test_cancelled_read_does_not_block_writers() -> None:
    with database_in_memory() as url:
        async with open_records(url) as records:
            for moment in range(200):
                reading = [asyncio.create_task(records.get("a", "key")) for _ in range(3)]
                await asyncio.sleep(moment * 0.00002)
                for each in reading:
                    each.cancel()
                await asyncio.gather(*reading, return_exceptions=True)
                async with asyncio.timeout(240):
                    await records.put("a", "key", b"value")


async def test_nothing_is_written_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with database_in_memory() as url:
        async with open_records(url) as records:
            await asyncio.gather(*(records.put("a", str(number), b"value" * 5_000) for number in range(5)))
            assert await asyncio.to_thread(os.listdir, tmp_path) == []
