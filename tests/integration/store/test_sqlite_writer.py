"""A writer does not block other writers.

Neither while the event loop is busy, nor while the log waits for a reader.
"""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.errors import StoreError
from bot.store import Store, open_store
from bot.store.database import database
from bot.store.database.database import Database

PATIENCE = 60.0  # seconds


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
    with another(file, PATIENCE) as other:
        for moment in range(40):
            writing = asyncio.create_task(store.records.put("a", "key", b"value"))
            await asyncio.sleep(moment * 0.0001)
            # This keeps the event loop busy until the lock is free. It fails if the lock is released by the loop only.
            other.execute("BEGIN IMMEDIATE")
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
    deleted, cancelled = threading.Event(), threading.Event()

    def slow(connection: Any) -> None:
        connection.exec_driver_sql("DELETE FROM records")
        deleted.set()
        cancelled.wait()

    await store.records.put("a", "key", b"value")
    writing = asyncio.create_task(store._database.write(slow))
    behind = asyncio.create_task(store.records.delete("a", "key"))
    await asyncio.to_thread(deleted.wait)
    for each in (writing, behind):
        each.cancel()
        with pytest.raises(asyncio.CancelledError):
            await each
    cancelled.set()
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


async def test_scrub_does_not_block_writers_when_a_reader_uses_the_log(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer waits for one attempt at most.

    An attempt holds the lock for less time than writers wait for it.
    """
    attempts, written, empty_log = 0, 0, Database._empty_log

    def write() -> None:
        with another(file, PATIENCE) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("COMMIT")

    async def watched(self: Database) -> None:
        nonlocal attempts, written
        attempts += 1
        try:
            await empty_log(self)
        finally:
            await asyncio.to_thread(write)  # before the next attempt
            written += 1

    await store.records.put("a", "key", b"value")
    monkeypatch.setattr(Database, "_empty_log", watched)
    monkeypatch.setattr(database, "SCRUB_AGAIN", replace(database.SCRUB_AGAIN, first=0.01, longest=0.01))
    with another(file, 0.0) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM records").fetchall()
        await store.records.put("a", "other", b"value")
        with pytest.raises(StoreError, match="while others read"):
            await store.scrub()
        reader.execute("COMMIT")
    assert (attempts, written) == (database.SCRUB_AGAIN.attempts, database.SCRUB_AGAIN.attempts)
    assert database.SCRUB_MS * 10 < database.BUSY_MS
    await store.scrub()
