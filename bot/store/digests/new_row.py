"""The insertion of a digest, once for each wish.

Synchronous, for a transaction that writes. No unique key says which wishes are one: single times less than a minute
apart are, and a digest that is over or was changed is none. So the digests of one owner are added one after the other.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, func, insert, select

from bot.store.database.tables import DIGESTS
from bot.store.digests import schedule_column as schedules
from bot.store.digests.digest_record import Digest, DigestState, NewDigestRecord
from bot.store.digests.signed_rows import SignedRows

Found = TypeVar("Found")


class NewRow:
    """The row of one new digest, at `now` in Unix seconds."""

    def __init__(self, rows: SignedRows, draft: NewDigestRecord, now: float) -> None:
        self._rows = rows
        self._draft = draft
        self._now = now

    def unless(self, connection: Connection, found: Callable[[list[Digest]], Found | None]) -> Digest | Found:
        """Insert it, unless `found` returns something for the digests of its owner.

        Return the digest, or what was found.
        """
        tenant, owner = self._draft.tenant_id.lower(), self._draft.owner_id.lower()
        if connection.dialect.name == "postgresql":  # SQLite lets one transaction write at a time
            name = f"digests of {tenant}|{owner}"
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
        own = select(DIGESTS).where(DIGESTS.c.tenant_id == tenant, DIGESTS.c.owner_id == owner)
        rows = connection.execute(own.order_by(DIGESTS.c.number)).mappings()
        before = found(self._rows.digests(list(rows)))
        return self.added(connection) if before is None else before

    def added(self, connection: Connection) -> Digest:
        """Insert it, and return it with its number."""
        draft = self._draft
        fields: dict[str, Any] = {name: getattr(draft, name) for name in NewDigestRecord.__slots__}
        fields |= {"tenant_id": draft.tenant_id.lower(), "owner_id": draft.owner_id.lower()}
        fields |= {"schedule": schedules.write(draft.schedule), "created": self._now}
        fields |= {"state": DigestState.ACTIVE, "reason": "", "misses": 0, "last": "", "version": 1}
        adding = insert(DIGESTS).values(fields).returning(DIGESTS)
        return self._rows.sign(connection, connection.execute(adding).mappings().one())
