"""Figures that people have seen, by person, scope and day.

Depends on SQLAlchemy's Core. A value is opaque here: the package that writes it encrypts it. Person and tenant are
there to read and to erase the rows of a person: nothing reads those of others.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from bot.store.database.database import Database
from bot.store.database.tables import SEEN_FIGURES


@dataclass(frozen=True, slots=True)
class SeenRecord:
    """The figures of a scope on a day, and when the person saw them.

    `day` is in the ISO form, `seen` in Unix seconds. `scope` is a hash of what was asked about.
    """

    tenant_id: str
    person_id: str
    scope: str
    day: str
    seen: float
    value: bytes


class SeenFigures:
    """Adds, reads and erases seen figures.

    Every method raises StoreError when the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, record: SeenRecord, *, most_of_person: int) -> None:
        """Store the figures of a day in place of those before.

        Delete those that the person saw first if there are more than `most_of_person`.
        """
        table = SEEN_FIGURES
        new = {name: getattr(record, name) for name in SeenRecord.__slots__}
        of_person = (table.c.tenant_id == record.tenant_id, table.c.person_id == record.person_id)
        same = (*of_person, table.c.scope == record.scope, table.c.day == record.day)
        newest = select(table.c.seen).where(*of_person).order_by(table.c.seen.desc()).offset(most_of_person).limit(1)

        def kept(connection: Connection) -> None:
            connection.execute(delete(table).where(*same))
            connection.execute(insert(table).values(new))
            oldest = connection.execute(newest).scalar_one_or_none()
            if oldest is not None:
                connection.execute(delete(table).where(*of_person, table.c.seen <= oldest))

        await self._database.write(kept)

    async def of(self, tenant_id: str, person_id: str, scope: str) -> list[SeenRecord]:
        """Return what this person saw of a scope, in the order of the days."""
        table = SEEN_FIGURES
        mine = (table.c.tenant_id == tenant_id, table.c.person_id == person_id, table.c.scope == scope)
        query = select(table).where(*mine).order_by(table.c.day)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [SeenRecord(*(getattr(row, name) for name in SeenRecord.__slots__)) for row in rows]

    async def forget(self, tenant_id: str, person_id: str) -> int:
        """Delete all figures that a person saw, and return how many there were."""
        table = SEEN_FIGURES
        gone = delete(table).where(table.c.tenant_id == tenant_id, table.c.person_id == person_id)
        return await self._database.write(lambda connection: connection.execute(gone).rowcount)

    async def purge(self, before: float) -> int:
        """Delete the figures that were seen before that time.

        Return how many there were.
        """
        old = delete(SEEN_FIGURES).where(SEEN_FIGURES.c.seen < before)
        return await self._database.write(lambda connection: connection.execute(old).rowcount)

    async def count(self) -> int:
        """Return how many days are stored."""
        async with self._database.reading() as connection:
            return int((await connection.execute(select(func.count()).select_from(SEEN_FIGURES))).scalar_one())
