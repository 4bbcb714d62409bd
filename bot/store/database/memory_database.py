"""A database that lives in this process and leaves nothing behind, for the demo. Knows SQLite only.

SQLite's "memdb" holds it as a file that several connections share, with a file's locks; what is plainly called
":memory:" belongs to one connection, and is lost with it. https://www.sqlite.org/src/file/src/memdb.c
"""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager


@contextmanager
def database_in_memory() -> Iterator[str]:
    """The URL of a new one, for `open_records`; it is gone after the context, or with the process."""
    name = f"file:/usagebot-{secrets.token_hex(8)}?vfs=memdb"
    # It lasts as long as one connection is open, and those of a pool come and go.
    with closing(sqlite3.connect(name, uri=True)):
        yield f"sqlite+aiosqlite:///{name}&uri=true"
