"""Versioned records that several replicas share.

Depends on SQLAlchemy's Core; the meaning of a value is unknown here. The version is for compare-and-set: a writer
passes the version it read, and the write fails if another writer saved in between. A version is never used twice for a
key, so a record that was deleted and created again is not mistaken for the old one.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from bot.domain.key_hash import key_hash
from bot.store.database.database import Database, TakenError
from bot.store.database.tables import RECORDS

_SPAN = 2**30  # versions stay within 31 bits
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Record:
    """A value and the version it had when it was read."""

    value: bytes
    version: int


class Records:
    """Get, save, take and delete records. Expired records count as not existing.

    `clock` returns Unix seconds. Every method raises StoreError when the database fails.
    """

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    async def get(self, kind: str, key: str) -> Record | None:
        """Return the record; None if it does not exist."""
        query = select(RECORDS.c.value, RECORDS.c.version).where(*self._living(kind, key))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else Record(row.value, row.version)

    async def version(self, kind: str, key: str) -> int | None:
        """Return the version of the record without its value; None if it does not exist."""
        query = select(RECORDS.c.version).where(*self._living(kind, key))
        async with self._database.reading() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def add(self, kind: str, key: str, value: bytes, *, expires: float | None = None) -> int | None:
        """Create a record and return its version.

        None if it exists already. `expires` is in Unix seconds.
        """
        version = 1 + secrets.randbelow(_SPAN)
        new = {"kind": kind, "key": _spelled(key), "version": version, "value": value, "expires": expires}
        dead = delete(RECORDS).where(*_named(kind, key), self._dead())

        def added(connection: Connection) -> None:
            connection.execute(dead)
            connection.execute(insert(RECORDS).values(new))

        try:
            await self._database.write(added)
        except TakenError:
            return None
        return version

    async def replace(
        self, kind: str, key: str, value: bytes, *, version: int, expires: float | None = None
    ) -> int | None:
        """Change a record and return the new version.

        None if it is gone or no longer has `version`.
        """
        new = 1 + (version + secrets.randbelow(_SPAN - 1)) % _SPAN
        change = update(RECORDS).where(*self._living(kind, key), RECORDS.c.version == version)
        change = change.values(version=new, value=value, expires=expires)
        replaced = await self._database.write(lambda connection: bool(connection.execute(change).rowcount == 1))
        return new if replaced else None

    async def put(self, kind: str, key: str, value: bytes, *, expires: float | None = None) -> int:
        """Save a record, whether it exists or not, and return its version."""
        version = 1 + secrets.randbelow(_SPAN)
        new = {"version": version, "value": value, "expires": expires}
        while not await self._overwrite(kind, key, new):
            pass  # another writer added it between the two statements
        return version

    async def _overwrite(self, kind: str, key: str, new: dict[str, Any]) -> bool:
        def overwritten(connection: Connection) -> None:
            done = connection.execute(update(RECORDS).where(*_named(kind, key)).values(new))
            if done.rowcount == 0:
                connection.execute(insert(RECORDS).values(kind=kind, key=_spelled(key), **new))

        try:
            await self._database.write(overwritten)
        except TakenError:
            return False
        return True

    async def take(self, kind: str, key: str) -> Record | None:
        """Delete and return the record.

        If several callers take it at once, one gets it and the others None.
        """
        taking = delete(RECORDS).where(*self._living(kind, key)).returning(RECORDS.c.value, RECORDS.c.version)
        row = await self._database.write(lambda connection: connection.execute(taking).one_or_none())
        return None if row is None else Record(row.value, row.version)

    async def delete(self, kind: str, key: str, *, version: int | None = None) -> bool:
        """Delete a record, if it has `version` when one is given.

        Return True if there was such a record.
        """
        deleting = delete(RECORDS).where(*self._living(kind, key))
        if version is not None:
            deleting = deleting.where(RECORDS.c.version == version)
        return await self._database.write(lambda connection: bool(connection.execute(deleting).rowcount == 1))

    async def keys(self, kind: str) -> list[str]:
        """Return the keys of all records of `kind`."""
        living = or_(RECORDS.c.expires.is_(None), RECORDS.c.expires > self._clock())
        query = select(RECORDS.c.key).where(RECORDS.c.kind == kind, living)
        async with self._database.reading() as connection:
            return list((await connection.execute(query)).scalars())

    async def count(self, kind: str) -> int:
        """Return how many records of `kind` there are."""
        living = or_(RECORDS.c.expires.is_(None), RECORDS.c.expires > self._clock())
        query = select(func.count()).select_from(RECORDS).where(RECORDS.c.kind == kind, living)
        async with self._database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def purge(self) -> int:
        """Delete all expired records and return how many there were."""
        erase = delete(RECORDS).where(self._dead())
        return await self._database.write(lambda connection: int(connection.execute(erase).rowcount))

    def _living(self, kind: str, key: str) -> tuple[ColumnElement[bool], ...]:
        return *_named(kind, key), or_(RECORDS.c.expires.is_(None), RECORDS.c.expires > self._clock())

    def _dead(self) -> ColumnElement[bool]:
        return RECORDS.c.expires <= self._clock()


def _named(kind: str, key: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return RECORDS.c.kind == kind, RECORDS.c.key == _spelled(key)


def _spelled(key: str) -> str:
    """Return the key as it is stored. Some keys come from the web: one that a database would refuse is hashed."""
    if len(key) <= _LONGEST and key.isprintable() and not key.startswith("#"):
        return key
    return "#" + key_hash(key)
