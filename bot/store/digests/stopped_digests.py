"""Digests that were stopped a moment ago and can still be brought back.

A row is kept as it was, with its signature, for UNDO_SECONDS. After that it is as if it had been erased at once; the
next `purge` erases it.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, and_, delete, insert, or_, select

from bot.store.database.database import Database
from bot.store.database.tables import DIGESTS, STOPPED_DIGESTS
from bot.store.digests.digest_changes import erased
from bot.store.digests.digest_record import Digest
from bot.store.digests.signed_rows import SignedRows

UNDO_SECONDS = 600.0

_KEPT = STOPPED_DIGESTS.c


class StoppedDigests:
    """Stops digests and brings them back.

    `clock` returns Unix seconds. A digest whose signature does not match is stopped as others, and never comes back.
    Every method raises StoreError if the database fails.
    """

    def __init__(self, database: Database, clock: Callable[[], float], rows: SignedRows) -> None:
        self._database = database
        self._clock = clock
        self._rows = rows

    async def stop(self, number: int, by: str) -> bool:
        """Take a digest and its occurrences away; return True if there was one.

        `by` is the id of the person who stops it. An occurrence in progress will not be sent.
        """

        def stopped(connection: Connection) -> bool:
            gone = erased(connection, [DIGESTS.c.number == number])
            if not gone:
                return False
            connection.execute(insert(STOPPED_DIGESTS).values(_kept(gone[0], by, self._clock())))
            return True

        return await self._database.write(stopped)

    async def get(self, number: int, by: str) -> Digest | None:
        """Return a digest that person `by` can bring back; None if there is none.

        Its owner can, and the person who stopped it. Any other person would start questions with the rights of an owner
        who has stopped them.
        """
        theirs = or_(_KEPT.owner_id == by.lower(), _KEPT.stopped_by == by.lower())
        async with self._database.reading() as connection:
            query = select(_KEPT.row).where(*self._undoable(number), theirs)
            found = (await connection.execute(query)).scalar_one_or_none()
        return None if found is None else self._digest(_row(found))

    async def bring_back(self, number: int) -> Digest | None:
        """Bring a digest back with its number, times and figures, and return it.

        It has no occurrences, and no run is requested. None if it cannot be brought back.
        """

        def back(connection: Connection) -> Digest | None:
            taking = delete(STOPPED_DIGESTS).where(*self._undoable(number)).returning(_KEPT.row)
            found = connection.execute(taking).scalar_one_or_none()
            row = None if found is None else _row(found)
            if row is None or self._digest(row) is None:
                return None
            values = {**row, "requested": None, "version": row["version"] + 1}
            return self._digest(connection.execute(insert(DIGESTS).values(values).returning(DIGESTS)).mappings().one())

        return await self._database.write(back)

    async def forget(self, tenant_id: str, owner_id: str) -> int:
        """Erase an owner's digests; return how many."""
        return await self._erase(and_(_KEPT.tenant_id == tenant_id.lower(), _KEPT.owner_id == owner_id.lower()))

    async def purge(self) -> int:
        """Erase what can no longer be brought back; return how many digests."""
        return await self._erase(_KEPT.stopped_at < self._clock() - UNDO_SECONDS)

    def _undoable(self, number: int) -> tuple[Any, Any]:
        return _KEPT.number == number, _KEPT.stopped_at >= self._clock() - UNDO_SECONDS

    def _digest(self, row: Any) -> Digest | None:
        found = self._rows.digests([row])
        return found[0] if found else None

    async def _erase(self, which: Any) -> int:
        erasing = delete(STOPPED_DIGESTS).where(which)
        return await self._database.write(lambda connection: connection.execute(erasing).rowcount)


def _kept(row: RowMapping, by: str, now: float) -> dict[str, Any]:
    values = {"number": row["number"], "tenant_id": row["tenant_id"], "owner_id": row["owner_id"]}
    return {**values, "stopped_by": by.lower(), "stopped_at": now, "row": msgspec.msgpack.encode(dict(row))}


def _row(kept: bytes) -> dict[str, Any]:
    """Return the row with the columns that this release has; one that is new since then has its default."""
    row = msgspec.msgpack.decode(kept)
    return {name: value for name, value in row.items() if name in DIGESTS.c}
