"""Sentences that were not understood.

Depends on SQLAlchemy's Core. A text is opaque here: the package that writes it encrypts it. Person and tenant are there
to erase the rows of a person, and are never read.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from bot.store.database.database import Database
from bot.store.database.tables import MISSED_SENTENCES


@dataclass(frozen=True, slots=True)
class MissRecord:
    """A sentence: whose it is, when it was typed (Unix seconds), and why it was not answered."""

    tenant_id: str
    person_id: str
    at: float
    kind: str
    language: str
    text: bytes


class MissRecords:
    """Add, read and erase such sentences. Every method raises StoreError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, record: MissRecord, *, most: int, most_of_person: int) -> None:
        """Add a sentence.

        Delete the oldest ones if there are more than `most`, or more than `most_of_person` of this person: nobody can
        push out what all others typed.
        """
        table = MISSED_SENTENCES
        new = {name: getattr(record, name) for name in MissRecord.__slots__}
        of_person = (table.c.tenant_id == record.tenant_id, table.c.person_id == record.person_id)
        newest = select(table.c.number).order_by(table.c.at.desc(), table.c.number.desc())
        surplus = [newest.where(*of_person).offset(most_of_person), newest.offset(most)]

        def added(connection: Connection) -> None:
            connection.execute(insert(table).values(new))
            for numbers in surplus:
                connection.execute(delete(table).where(table.c.number.in_(numbers)))

        await self._database.write(added)

    async def since(self, earliest: float) -> list[MissRecord]:
        """Return the sentences that were typed at `earliest` or later, the newest first."""
        table = MISSED_SENTENCES
        query = select(table).where(table.c.at >= earliest).order_by(table.c.at.desc(), table.c.number.desc())
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [MissRecord(row.tenant_id, row.person_id, row.at, row.kind, row.language, row.text) for row in rows]

    async def forget(self, tenant_id: str, person_id: str) -> int:
        """Delete all sentences of a person, and return how many there were."""
        table = MISSED_SENTENCES
        gone = delete(table).where(table.c.tenant_id == tenant_id, table.c.person_id == person_id)
        return await self._database.write(lambda connection: connection.execute(gone).rowcount)

    async def purge(self, before: float) -> int:
        """Delete the sentences that were typed before that time, and return how many there were."""
        old = delete(MISSED_SENTENCES).where(MISSED_SENTENCES.c.at < before)
        return await self._database.write(lambda connection: connection.execute(old).rowcount)

    async def count(self) -> int:
        """Return how many sentences there are."""
        async with self._database.reading() as connection:
            return int((await connection.execute(select(func.count()).select_from(MISSED_SENTENCES))).scalar_one())
