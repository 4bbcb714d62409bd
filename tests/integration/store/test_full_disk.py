"""A full disk is reported as such and loses nothing.

The store works again when there is room.
"""

import os
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SettingsError, StoreError
from bot.store import open_store

NOW = 1_800_000_000.0
DAY = 86_400.0
FULL = "the disk is full"


class SmallDisk:
    """A file system of its own, of limited size."""

    digests = 30  # so few that SQLite does not start its log again, which would free space

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def fill(self, _store: Any) -> None:
        with (self.folder / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(b"x" * 4096):
                    pass
            except OSError:
                return

    async def free(self, _store: Any) -> None:
        (self.folder / "filler").unlink()


class FewPages:
    """SQLite, limited to the pages that it has, as if the disk were full.

    https://www.sqlite.org/pragma.html#pragma_max_page_count
    """

    digests = 300  # so many that claiming them needs another page

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def fill(self, store: Any) -> None:
        await self._limit(store, 1)  # the limit cannot be lower than the pages in use

    async def free(self, store: Any) -> None:
        await self._limit(store, 2**30)

    async def _limit(self, store: Any, pages: int) -> None:
        pragma = f"PRAGMA max_page_count = {pages}"
        await store.records._database.write(lambda connection: connection.exec_driver_sql(pragma).close())


@pytest.fixture(params=["pages", "disk"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """Return a small file system if it can be mounted, and a limit of pages.

    Without a mount the limit of pages is tested twice.
    """
    mount = ["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(tmp_path)]
    mounted = (
        request.param == "disk"
        and os.geteuid() == 0
        and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    )
    yield (SmallDisk if mounted else FewPages)(tmp_path)
    if mounted:
        # Lazily: the thread of a connection that was refused may not have closed it yet.
        subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


@pytest.fixture
async def store(disk: Any) -> AsyncIterator[Any]:
    async with open_store(f"sqlite:///{disk.folder}/bot.db", lambda: NOW) as opened:
        yield opened


async def test_full_disk_is_reported_and_loses_no_digest(disk: Any, store: Any, desk: Any) -> None:
    for _ in range(disk.digests):
        await desk.add()
    before = await store.digests.all(limit=1000)
    await disk.fill(store)
    for _ in range(3):
        with pytest.raises(StoreError, match=FULL):
            await desk.add(question="x" * 20_000)
        with pytest.raises(StoreError, match=FULL):
            await desk.claim(limit=1000)
        with pytest.raises(StoreError, match=FULL):
            await store.records.put("token", "a", b"x" * 20_000)
    assert await store.digests.all(limit=1000) == before
    assert await store.ledger.counts() == {}

    await disk.free(store)
    added = await desk.add(question="x" * 20_000)
    assert len(await desk.claim(limit=1000)) == len(before) + 1
    assert await store.ledger.counts() == {"due": len(before) + 1}
    assert (await store.digests.get(added.number)).next_due == NOW + DAY
    with closing(sqlite3.connect(disk.folder / "bot.db")) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def test_start_reports_a_full_disk(disk: Any) -> None:
    if isinstance(disk, SmallDisk):
        await disk.fill(None)
        with pytest.raises(SettingsError, match="full"):
            async with open_store(f"sqlite:///{disk.folder}/new.db"):
                pytest.fail("opened")
        await disk.free(None)
    async with open_store(f"sqlite:///{disk.folder}/new.db") as opened:
        assert await opened.digests.count() == 0
