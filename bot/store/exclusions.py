"""What is left out of answers, by scope and subject.

Depends on SQLAlchemy's Core. A scope is a hash of a person or of a conversation, a subject one of what is left out; a
value is opaque here: the package that writes it encrypts it. Person and tenant are there to erase the rows of a person.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from bot.store.database.database import Database
from bot.store.database.tables import EXCLUSIONS


@dataclass(frozen=True, slots=True)
class ExclusionRecord:
    """Something that is left out in a scope, and the person who asked for it."""

    scope: str
    subject: str
    tenant_id: str
    person_id: str
    value: bytes


class Exclusions:
    """Adds, reads and erases what is left out.

    Every method raises StoreError when the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, scope: str) -> list[ExclusionRecord]:
        """Return what is left out in a scope, in the order of the subjects."""
        query = select(EXCLUSIONS).where(EXCLUSIONS.c.scope == scope).order_by(EXCLUSIONS.c.subject)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [ExclusionRecord(*(getattr(row, name) for name in ExclusionRecord.__slots__)) for row in rows]

    async def put(self, record: ExclusionRecord, *, most: int) -> bool:
        """Store a record, in place of one with its scope and subject.

        Return False if the scope has `most` others: then nothing is stored.
        """
        table = EXCLUSIONS
        new = {name: getattr(record, name) for name in ExclusionRecord.__slots__}
        same = (table.c.scope == record.scope, table.c.subject == record.subject)
        others = select(func.count()).where(table.c.scope == record.scope, table.c.subject != record.subject)

        def stored(connection: Connection) -> bool:
            if connection.execute(others).scalar_one() >= most:
                return False
            connection.execute(delete(table).where(*same))
            connection.execute(insert(table).values(new))
            return True

        return await self._database.write(stored)

    async def delete(self, scope: str, subject: str) -> bool:
        """Delete a record. Return True if there was one."""
        gone = delete(EXCLUSIONS).where(EXCLUSIONS.c.scope == scope, EXCLUSIONS.c.subject == subject)
        return await self._database.write(lambda connection: bool(connection.execute(gone).rowcount == 1))

    async def forget(self, tenant_id: str, person_id: str) -> int:
        """Delete everything that a person left out, in every scope.

        Return how many records there were.
        """
        gone = delete(EXCLUSIONS).where(EXCLUSIONS.c.tenant_id == tenant_id, EXCLUSIONS.c.person_id == person_id)
        return await self._database.write(lambda connection: connection.execute(gone).rowcount)
