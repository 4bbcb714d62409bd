"""Who writes to SQLite: one thread for all of a process. Knows SQLAlchemy's synchronous engine.

SQLite lets one transaction write at a time, and lets the others ask again and again, in no order, until their patience
is at an end. A transaction that waits for the event loop between its statements holds the lock for as long as everybody
else keeps the loop busy; two hundred runs at once, on a machine with other work, kept each other waiting for twenty
seconds that way. Here a transaction is a function that is run from its beginning to its end in one go, and those of a
process stand in line. https://www.sqlite.org/c3ref/busy_handler.html
"""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine

Result = TypeVar("Result")

# Whoever has stood in line for long asks the other processes at least for so long.
SHORTEST_MS = 250


class SqliteWriter:
    """`engine` begins transactions with the write lock. Raises what SQLAlchemy raises, OSError when it is closed."""

    def __init__(self, engine: Engine, busy_ms: int) -> None:
        self._engine = engine
        self._busy_ms = busy_ms
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store-writer")

    async def write(self, change: Callable[[Connection], Result], *, durable: bool = False) -> Result:
        """What `change` gives, which is run in another thread, in a transaction that is committed afterwards.

        Where the task is cancelled before that, nothing is changed. `durable`: it is on the disk when this returns.
        """
        asked, given_up = time.monotonic(), threading.Event()

        def changed() -> Result:
            left = self._busy_ms - round((time.monotonic() - asked) * 1000)
            engine = self._engine.execution_options(busy_ms=max(left, SHORTEST_MS), durable=durable)
            with engine.connect() as connection, connection.begin() as transaction:
                result = change(connection)
                if given_up.is_set():
                    transaction.rollback()
            return result

        try:
            changing = asyncio.get_running_loop().run_in_executor(self._thread, changed)
        except RuntimeError:  # somebody still writes who should have been stopped before
            raise OSError("the database is closed") from None
        try:
            return await changing
        except asyncio.CancelledError:
            given_up.set()
            raise

    async def close(self) -> None:
        """End what is under way, and let go of the file."""
        await asyncio.to_thread(self._thread.shutdown)
        self._engine.dispose()
