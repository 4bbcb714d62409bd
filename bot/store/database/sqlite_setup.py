"""The setup of SQLite: its file, its connections and its transactions.

Depends on Python's sqlite3 driver.

The file is in WAL mode so that readers do not wait for a writer: https://www.sqlite.org/wal.html
A transaction begins when SQLAlchemy begins it, and one that writes takes the write lock at once. Python's driver would
begin it at the first write; a transaction that has already read would then fail at once if another connection writes.
https://docs.sqlalchemy.org/en/21/dialects/sqlite.html (Serializable isolation)
"""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, event

from bot.errors import SettingsError

SETTING = "USAGEBOT_DATABASE"
BUSY_MS = 15_000  # how long a writer waits for another one
AGAIN_MS = 20


def file_of(url: URL) -> Path | None:
    """Return the path of SQLite's file; None if the database has no file."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    return None if url.database == ":memory:" or url.database.startswith("file:") else Path(url.database)


def make_private(path: Path) -> None:
    """Create the file so that only the bot's own account may read it.

    Raises SettingsError.

    Its records are secrets even though they are encrypted.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except ValueError:  # a NUL in the name
        raise SettingsError(SETTING, "names no file") from None
    except OSError as problem:
        raise SettingsError(SETTING, f"{path} cannot be written: {problem.strerror}") from None


def turn_on_wal(path: Path, sleep: Callable[[float], None] = time.sleep) -> None:
    """Put the file in WAL mode; try again while others have it open.

    Called before the first transaction, because processes that start at once on a new file would fail: to change the
    mode SQLite needs the file for itself, and there it does not wait for the lock as `busy_timeout` says.
    https://www.sqlite.org/wal.html#activating_and_configuring_wal_mode
    Other errors come again with the first connection of the engine, where they are explained.
    """
    for _ in range(BUSY_MS // AGAIN_MS):
        try:
            with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.Error as problem:
            if getattr(problem, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                sleep(AGAIN_MS / 1000)
                continue
        return


def configure_sqlite(engine: Engine) -> None:
    """Set up all connections and transactions of this engine.

    The execution options of a transaction: `writes` takes the write lock, after a wait of at most `busy_ms`;
    `durable` makes it reach the disk before the commit returns.
    """
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)


def _prepare(connection: Any, _record: object) -> None:
    """Set the pragmas of a new connection; SQLAlchemy calls this for each."""
    connection.isolation_level = None  # the driver begins nothing by itself
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if "busy_ms" in options:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={options['busy_ms']}")
        # https://www.sqlite.org/pragma.html#pragma_synchronous
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options['durable'] else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


class CursorClosingConnection(sqlite3.Connection):
    """A connection whose `rollback` closes its cursors, as Python's did before 3.11.

    SQLite keeps the locks of a statement that is in use, after a rollback and even after the connection is closed. A
    statement whose task was cancelled is in use until the garbage collector runs.
    https://www.sqlite.org/c3ref/close.html
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, *args: Any, **kwargs: Any) -> Any:
        cursor = super().cursor(*args, **kwargs)
        self._cursors.add(cursor)
        return cursor

    def rollback(self) -> None:
        for cursor in tuple(self._cursors):
            cursor.close()
        super().rollback()


def roll_back_before_close(connection: Any, _record: object, _problem: object) -> None:
    """Roll back a connection before SQLAlchemy closes it in the middle of its use.

    This happens when the task that used it was cancelled.
    """
    with suppress(Exception):
        connection.rollback()
