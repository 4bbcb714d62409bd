"""Signatures that are made again: for the operator, and after a key was replaced."""

from functools import partial
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select

from bot.store.database.database import Database
from bot.store.database.tables import DIGESTS
from bot.store.digests.digest_record import ALTERED, Digest, DigestState
from bot.store.digests.signed_rows import SignedRows

_BY_NUMBER = select(DIGESTS).order_by(DIGESTS.c.number)
_PAGE = 100


class DigestSigning:
    """Signs stored digests. Every method raises StoreError if the database fails."""

    def __init__(self, database: Database, rows: SignedRows) -> None:
        self._database = database
        self._signed = rows

    async def sign(self, number: int) -> Digest | None:
        """Sign a digest as it is, whether its signature matches or not, and return it.

        None if there is none. For the operator, who has checked it.
        """
        query = select(DIGESTS).where(DIGESTS.c.number == number).with_for_update()

        def run(connection: Connection) -> Digest | None:
            row = connection.execute(query).mappings().one_or_none()
            return None if row is None else self._signed.sign(connection, row)

        return await self._database.write(run)

    async def sign_again(self) -> int:
        """Sign every digest that an older key has signed with the newest one.

        Returns how many there were.
        """
        done, last = 0, 0
        while page := await self._rows(_BY_NUMBER.where(DIGESTS.c.number > last).limit(_PAGE)):
            last = int(page[-1]["number"])
            done += await self._database.write(partial(self._signed.sign_again, rows=page))
        return done

    async def mended(self) -> list[Digest]:
        """Return the suspended digests whose signature matches again.

        They are suspended because it did not.
        """
        which = (DIGESTS.c.state == DigestState.SUSPENDED, DIGESTS.c.reason == ALTERED)
        return self._signed.digests(await self._rows(_BY_NUMBER.where(*which)))

    async def _rows(self, query: Select[Any]) -> list[RowMapping]:
        async with self._database.reading() as connection:
            return list((await connection.execute(query)).mappings())
