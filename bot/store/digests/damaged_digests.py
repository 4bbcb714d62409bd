"""Digests whose rows cannot be read.

Their owners see them, and can stop them.
"""

from sqlalchemy import ColumnElement, select

from bot.store.database.database import Database
from bot.store.database.tables import DIGESTS
from bot.store.digests.digest_record import DamagedDigest
from bot.store.digests.signed_rows import SignedRows


class DamagedDigests:
    """Finds them. Every method raises StoreError if the database fails."""

    def __init__(self, database: Database, rows: SignedRows) -> None:
        self._database = database
        self._signed = rows

    async def get(self, number: int) -> DamagedDigest | None:
        """Return the digest if it cannot be read; else None."""
        found = await self._select(DIGESTS.c.number == number)
        return found[0] if found else None

    async def all(self) -> list[DamagedDigest]:
        """Return all of them, by number."""
        return await self._select()

    async def of_owner(self, tenant_id: str, owner_id: str) -> list[DamagedDigest]:
        """Return those of an owner, by number."""
        return await self._select(DIGESTS.c.tenant_id == tenant_id.lower(), DIGESTS.c.owner_id == owner_id.lower())

    async def in_conversation(self, tenant_id: str, conversation_id: str) -> list[DamagedDigest]:
        """Return those of a conversation, by number."""
        return await self._select(
            DIGESTS.c.tenant_id == tenant_id.lower(), DIGESTS.c.conversation_id == conversation_id
        )

    async def _select(self, *which: ColumnElement[bool]) -> list[DamagedDigest]:
        query = select(DIGESTS).where(*which).order_by(DIGESTS.c.number)
        async with self._database.reading() as connection:
            return self._signed.damaged((await connection.execute(query)).mappings())
