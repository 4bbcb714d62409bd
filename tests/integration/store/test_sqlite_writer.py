"""A writer does not block other writers.

Neither while the event loop is busy, nor while the log waits for a reader.
"""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from bot.errors import StoreError
from bot.store import Store, open_store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bot.db"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{file}") as opened:
        yield opened


def another(file: Path, patience: float) -> Any:
    """Return the connection of another process.

    It waits `patience` seconds for the lock.
    """
    return closing(sqlite3.connect(file, timeout=patience, isolation_level=None))


async def test_lock_is_free_for_others_when_the_event_loop_is_busy(store: Store, file: Path) -> None:
    with another(file, 0.0) as other:
        for moment in range(40):
            writing = asyncio.create_task(store.records.put("a", "key", b"value"))
            await asyncio.sleep(moment * 0.0001)
            time.sleep(0.02)  # noqa: ASYNC251  # a task keeps the event loop busy
            other.execute("BEGIN IMMEDIATE")  # would fail at once if the lock were held
            other.execute("COMMIT")
            await writing


async def test_concurrent_writes_are_served_in_order(store: Store) -> None:
    served: list[int] = []

    async def write(number: int) -> None:
        await store.records.put("a", str(number), b"value")
        served.append(number)

    await asyncio.gather(*(write(number) for number in range(200)))
    assert served == sorted(served)


async def test_write_changes_nothing_when_it_is_cancelled(store: Store) -> None:
    def slow(connection: Any) -> None:
        connection.exec_driver_sql("DELETE FROM records")
        time.sleep(0.2)

    await store.records.put("a", "key", b"value")
    writing = asyncio.create_task(store._database.write(slow))
    behind = asyncio.create_task(store.records.delete("a", "key"))
    await asyncio.sleep(0.05)
    for each in (writing, behind):
        each.cancel()
        with suppress(asyncio.CancelledError):
            await each
    assert await store.records.put("a", "other", b"value")
    assert await store.records.get("a", "key")


async def test_write_raises_store_error_when_the_store_is_closed(file: Path) -> None:
    async with open_store(f"sqlite:///{file}") as opened:
        pass
    with pytest.raises(StoreError):
        await opened.records.put("a", "key", b"value")


async def test_only_the_state_sending_is_written_durably(store: Store, desk: Any) -> None:
    synchronous: list[int] = []
    write = store._database.write

    async def watched(change: Any, **options: Any) -> Any:
        def watching(connection: Any) -> Any:
            synchronous.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())
            return change(connection)

        return await write(watching, **options)

    digest = await desk.add()
    (claim,) = await desk.claim()
    object.__setattr__(store._database, "write", watched)
    for frm, to in (("due", "fetched"), ("fetched", "composed"), ("composed", "sending"), ("sending", "sent")):
        assert await store.ledger.advance(digest.number, claim.due, {frm}, to)
    normal, full = 1, 2
    assert synchronous == [normal, normal, full, normal]


async def test_scrub_does_not_block_writers_when_a_reader_uses_the_log(store: Store, file: Path) -> None:
    waited: list[float] = []

    def write() -> None:
        with another(file, 20.0) as other:
            for _ in range(20):
                began = time.monotonic()
                other.execute("BEGIN IMMEDIATE")
                other.execute("COMMIT")
                waited.append(time.monotonic() - began)
                time.sleep(0.05)

    await store.records.put("a", "key", b"value")
    with another(file, 0.0) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM records").fetchall()
        await store.records.put("a", "other", b"value")
        writing = asyncio.create_task(asyncio.to_thread(write))
        with pytest.raises(StoreError, match="while others read"):
            await store.scrub()
        await writing
        reader.execute("COMMIT")
    assert max(waited) < 2
    await store.scrub()
