"""How SQLite has to be treated. Knows its file, and Python's driver of it.

It is in WAL mode so that readers do not wait for a writer: https://www.sqlite.org/wal.html
Its transactions begin where SQLAlchemy says so, and one that writes takes the write lock at once: Python's driver would
begin it at the first write, where a transaction that has already read fails at once if somebody else writes.
https://docs.sqlalchemy.org/en/21/dialects/sqlite.html (Serializable isolation)
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, event

from bot.errors import SettingsError

SETTING = "USAGEBOT_DATABASE"
BUSY_MS = 15_000  # how long a writer waits for another one


def file_of(url: URL) -> Path | None:
    """SQLite's file, None where there is none."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    return None if url.database == ":memory:" or url.database.startswith("file:") else Path(url.database)


def make_private(path: Path) -> None:
    """Only the bot's own account may read the file: its records are secrets even though they are encrypted."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except ValueError:  # a NUL in the name
        raise SettingsError(SETTING, "names no file") from None
    except OSError as problem:
        raise SettingsError(SETTING, f"{path} cannot be written: {problem.strerror}") from None


def attend(engine: Engine) -> None:
    """Treat the connections and transactions of this engine as they have to be.

    By execution options: `writes` takes the write lock, after a wait of `busy_ms`, and is on the disk if `durable`.
    """
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)


def _prepare(connection: Any, _record: object) -> None:
    """Run for every new SQLite connection."""
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


class Steady(sqlite3.Connection):
    """Whose `rollback` ends what its cursors are in the midst of, as Python's did before 3.11.

    SQLite keeps the locks of a statement that is in use, past a rollback and even past the connection's closing, and
    one whose task was cancelled is in use until the garbage collector comes by. https://www.sqlite.org/c3ref/close.html
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


def let_go(connection: Any, _record: object, _problem: object) -> None:
    """Run before a connection is closed in the midst of something, as when the task that used it was cancelled."""
    with suppress(Exception):
        connection.rollback()
