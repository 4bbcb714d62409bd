"""A full disk: told as what it is, nothing is lost, and it goes on when there is room again."""

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
    """A file system of its own."""

    digests = 30  # not so many that SQLite begins its log anew, which makes room

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
    """SQLite pretends that the disk ends behind its last page. https://www.sqlite.org/pragma.html#pragma_max_page_count"""

    digests = 300  # so many that claiming them needs another page

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def fill(self, store: Any) -> None:
        await self._limit(store, 1)  # it does not go below what there is

    async def free(self, store: Any) -> None:
        await self._limit(store, 2**30)

    async def _limit(self, store: Any, pages: int) -> None:
        pragma = f"PRAGMA max_page_count = {pages}"
        await store.records._database.write(lambda connection: connection.exec_driver_sql(pragma).close())


@pytest.fixture(params=["pages", "disk"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """A small disk where one may be mounted; elsewhere the pages have to do a second time."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(tmp_path)]
    mounted = (
        request.param == "disk"
        and os.geteuid() == 0
        and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    )
    yield (SmallDisk if mounted else FewPages)(tmp_path)
    if mounted:
        # Lazily: a connection that was refused may not have been let go of by its thread yet.
        subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


@pytest.fixture
async def store(disk: Any) -> AsyncIterator[Any]:
    async with open_store(f"sqlite:///{disk.folder}/bot.db", lambda: NOW) as opened:
        yield opened


async def test_a_full_disk_is_told_and_loses_no_digest(disk: Any, store: Any, desk: Any) -> None:
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


async def test_a_bot_that_starts_on_a_full_disk_says_so(disk: Any) -> None:
    if isinstance(disk, SmallDisk):
        await disk.fill(None)
        with pytest.raises(SettingsError, match="full"):
            async with open_store(f"sqlite:///{disk.folder}/new.db"):
                pytest.fail("opened")
        await disk.free(None)
    async with open_store(f"sqlite:///{disk.folder}/new.db") as opened:
        assert await opened.digests.count() == 0
