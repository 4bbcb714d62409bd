"""Databases with the tables of this release, made as copies of one.

So the steps run once per process. What they do is tested on empty databases, in
integration/store/test_schema_upgrade.py.
"""

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from bot.store import open_store

TEMPLATE = "migrated"


def put_sqlite(file: Path) -> None:
    """Create an SQLite database at `file`, and its folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_sqlite())


def postgresql_template(cluster: Any) -> str:
    """Return the name of the database of which new ones are copies."""
    if TEMPLATE not in cluster.templates:
        cluster.execute("CREATE DATABASE {}", TEMPLATE)
        _migrate(cluster.url(TEMPLATE))
        cluster.templates.add(TEMPLATE)
    return TEMPLATE


@cache
def _sqlite() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bot.db"
        _migrate(f"sqlite+aiosqlite:///{file}")
        assert [each.name for each in Path(folder).iterdir()] == ["bot.db"], "what was written is not all in it"
        return file.read_bytes()


def _migrate(url: str) -> None:
    async def opened() -> None:
        async with open_store(url):
            pass

    # In a thread, because the event loop of the first test may be running.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, opened()).result()
