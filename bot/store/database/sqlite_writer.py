"""The writer to SQLite: one thread for all writes of a process.

Depends on SQLAlchemy's synchronous engine.

SQLite lets one transaction write at a time. The others ask for the lock repeatedly, in no order, until their timeout.
A transaction that waits for the event loop between its statements holds the lock for as long as other tasks keep the
loop busy: two hundred runs at once, on a machine with other work, kept each other waiting for twenty seconds. Here a
transaction is a function that runs from beginning to end without a pause, and the transactions of a process wait in a
queue. https://www.sqlite.org/c3ref/busy_handler.html
"""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine

Result = TypeVar("Result")

# A transaction that has waited long in the queue still waits at least this long for the lock of another process.
SHORTEST_MS = 250


class SqliteWriter:
    """Runs the writes of a process, one after another.

    `engine` begins transactions with the write lock.

    Raises the errors of SQLAlchemy, and OSError after `close`.
    """

    def __init__(self, engine: Engine, busy_ms: int) -> None:
        self._engine = engine
        self._busy_ms = busy_ms
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store-writer")

    async def write(self, change: Callable[[Connection], Result], *, durable: bool = False) -> Result:
        """Run `change` in the writer's thread, in a transaction, and return its result.

        The transaction is committed. If the task is cancelled before the commit, nothing is changed. If `durable`, the
        change is on the disk when this returns.
        """
        asked, cancelled = time.monotonic(), threading.Event()

        def changed() -> Result:
            left = self._busy_ms - round((time.monotonic() - asked) * 1000)
            engine = self._engine.execution_options(busy_ms=max(left, SHORTEST_MS), durable=durable)
            with engine.connect() as connection, connection.begin() as transaction:
                result = change(connection)
                if cancelled.is_set():
                    transaction.rollback()
            return result

        try:
            changing = asyncio.get_running_loop().run_in_executor(self._thread, changed)
        except RuntimeError:  # a caller still writes although it should have been stopped before
            raise OSError("the database is closed") from None
        try:
            return await changing
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async def close(self) -> None:
        """Wait for the writes in progress and close the file."""
        await asyncio.to_thread(self._thread.shutdown)
        self._engine.dispose()
