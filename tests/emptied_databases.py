"""Databases on PostgreSQL that a test gets as if they were new.

To create one, PostgreSQL copies some 900 files, which takes it longer than most tests take. So a database is emptied
after a test and given to the next one. If a test has changed anything but rows, its database is deleted.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

# Objects of a new database have lower numbers than what is made in it.
OURS = 16384
# What a database consists of. A TRUNCATE writes new files and so changes some columns of pg_class.
CATALOG = f"""
    SELECT pg_namespace::text FROM pg_namespace
    UNION ALL SELECT (oid, relname, relnamespace, relkind, relowner, relacl, reloptions)::text
        FROM pg_class WHERE oid >= {OURS} AND relkind <> 't'
    UNION ALL SELECT pg_attribute::text FROM pg_attribute WHERE attrelid >= {OURS} AND attnum > 0
    UNION ALL SELECT pg_attrdef::text FROM pg_attrdef WHERE oid >= {OURS}
    UNION ALL SELECT pg_index::text FROM pg_index WHERE indexrelid >= {OURS}
    UNION ALL SELECT pg_constraint::text FROM pg_constraint WHERE oid >= {OURS}
    UNION ALL SELECT pg_trigger::text FROM pg_trigger WHERE oid >= {OURS}
    UNION ALL SELECT pg_proc::text FROM pg_proc WHERE oid >= {OURS}
    UNION ALL SELECT pg_db_role_setting::text FROM pg_db_role_setting
    UNION ALL SELECT datacl::text FROM pg_database WHERE datname = current_database()
"""
SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%'"
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


@dataclass
class _Database:
    """A database and how it was when it was new: its schemas, its catalog, and the rows that the migrations wrote."""

    url: str
    schemas: set[str] = field(default_factory=set)
    catalog: list[Any] = field(default_factory=list)
    filled: dict[str, list[Any]] = field(default_factory=dict)
    whole: ExitStack = field(default_factory=ExitStack)


class EmptiedDatabases:
    """Lends databases that are copies of `template`."""

    def __init__(self, cluster: Any, template: str) -> None:
        self._cluster = cluster
        self._template = template
        self._free: list[_Database] = []

    @contextmanager
    def lent(self) -> Iterator[str]:
        """Yield the URL of a database without rows."""
        database = self._free.pop() if self._free else self._new()
        yield database.url
        if self._empty(database):
            self._free.append(database)
        else:
            database.whole.close()

    def close(self) -> None:
        """Delete the databases."""
        while self._free:
            self._free.pop().whole.close()

    def _new(self) -> _Database:
        whole = ExitStack()
        database = _Database(whole.enter_context(self._cluster.database(template=self._template)), whole=whole)
        with _connected(database) as connection:
            database.schemas = _first_column(connection, SCHEMAS)
            database.catalog = _rows(connection, CATALOG)
            contents = {name: _content(connection, name) for name in _first_column(connection, TABLES)}
        database.filled = {name: rows for name, rows in contents.items() if rows}
        return database

    def _empty(self, database: _Database) -> bool:
        """Delete all rows and schemas that a test has made. Return False if the database is not as it was."""
        with _connected(database) as connection:
            connection.execute(OTHERS)
            for schema in _first_column(connection, SCHEMAS) - database.schemas:
                connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))
            if _rows(connection, CATALOG) != database.catalog:
                return False
            tables = sorted(_first_column(connection, TABLES) - database.filled.keys())
            names = sql.SQL(", ").join(map(sql.Identifier, tables))
            connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(names))
            return all(_content(connection, name) == rows for name, rows in database.filled.items())


def _connected(database: _Database) -> "psycopg.Connection[Any]":
    return psycopg.connect(database.url.replace("postgresql+psycopg", "postgresql"), autocommit=True)


def _rows(connection: "psycopg.Connection[Any]", query: str) -> list[Any]:
    return sorted(connection.execute(query).fetchall(), key=str)


def _first_column(connection: "psycopg.Connection[Any]", query: str) -> set[str]:
    return {row[0] for row in connection.execute(query)}


def _content(connection: "psycopg.Connection[Any]", table: str) -> list[Any]:
    return sorted(connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))).fetchall(), key=str)
