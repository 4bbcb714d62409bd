"""A database in the memory of this process, for the demo. Depends on SQLite only.

SQLite's "memdb" keeps it like a file that several connections share, with the locks of a file. A database called just
":memory:" belongs to one connection and is lost when that is closed. https://www.sqlite.org/src/file/src/memdb.c
"""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager


@contextmanager
def database_in_memory() -> Iterator[str]:
    """Yield the URL of a new database, for `open_records`.

    It is gone after the context, or when the process ends.
    """
    name = f"file:/usagebot-{secrets.token_hex(8)}?vfs=memdb"
    # The database exists as long as one connection is open, and a pool opens and closes its connections.
    with closing(sqlite3.connect(name, uri=True)):
        yield f"sqlite+aiosqlite:///{name}&uri=true"
