"""Questions whose answer was promised and is not there yet.

Depends on SQLAlchemy's Core. A value is opaque here: the package that writes it encrypts it. Person and tenant are
there to erase the rows of a person, and to check whose a value is.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from bot.store.database.database import Database
from bot.store.database.tables import OPEN_TURNS


@dataclass(frozen=True, slots=True)
class OpenTurn:
    """A promise: whose question it is, since when, and until when it counts.

    Times are in Unix seconds. `card` is the id of the message that says so, "" if there is none. `value` is the
    question, and where it was asked. `cancelled`: its person wants the answer no longer.
    """

    key: str
    tenant_id: str
    person_id: str
    opened: float
    lease: float
    card: str
    value: bytes
    cancelled: bool = False


class OpenTurns:
    """Opens, extends and closes turns.

    Every method raises StoreError when the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, turn: OpenTurn) -> None:
        """Store a turn."""
        new = insert(OPEN_TURNS).values({name: getattr(turn, name) for name in OpenTurn.__slots__})
        await self._database.write(lambda connection: connection.execute(new).rowcount)

    async def show(self, key: str, card: str) -> None:
        """Store which message says that the answer comes."""
        change = update(OPEN_TURNS).where(OPEN_TURNS.c.key == key).values(card=card)
        await self._database.write(lambda connection: connection.execute(change).rowcount)

    async def extend(self, keys: Collection[str], lease: float) -> None:
        """Move the end of these turns: their process is alive."""
        change = update(OPEN_TURNS).where(OPEN_TURNS.c.key.in_(keys)).values(lease=lease)
        await self._database.write(lambda connection: connection.execute(change).rowcount)

    async def close(self, keys: Collection[str]) -> None:
        """Delete these turns: their questions are answered."""
        gone = delete(OPEN_TURNS).where(OPEN_TURNS.c.key.in_(keys))
        await self._database.write(lambda connection: connection.execute(gone).rowcount)

    async def lapsed(self, now: float, most: int) -> list[OpenTurn]:
        """Return at most `most` turns whose process is gone.

        Those that lapsed first come first.
        """
        return await self._found(OPEN_TURNS.c.lease < now, most)

    async def of(self, tenant_id: str, person_id: str, most: int) -> list[OpenTurn]:
        """Return at most `most` turns of a person."""
        return await self._found((OPEN_TURNS.c.tenant_id == tenant_id) & (OPEN_TURNS.c.person_id == person_id), most)

    async def cancel(self, keys: Collection[str], tenant_id: str, person_id: str) -> int:
        """Note that this person wants these answers no longer.

        Return how many there are, of those that are not closed and are theirs.
        """
        theirs = OPEN_TURNS.c.key.in_(keys), OPEN_TURNS.c.tenant_id == tenant_id, OPEN_TURNS.c.person_id == person_id
        change = update(OPEN_TURNS).where(*theirs).values(cancelled=True)
        return await self._database.write(lambda connection: connection.execute(change).rowcount)

    async def is_open(self, key: str) -> bool:
        """Return True if the turn is open."""
        query = select(func.count()).select_from(OPEN_TURNS).where(OPEN_TURNS.c.key == key)
        async with self._database.reading() as connection:
            return bool((await connection.execute(query)).scalar_one())

    async def cancelled(self, keys: Collection[str]) -> list[str]:
        """Return those of these turns whose persons want the answer no longer."""
        query = select(OPEN_TURNS.c.key).where(OPEN_TURNS.c.key.in_(keys), OPEN_TURNS.c.cancelled)
        async with self._database.reading() as connection:
            return list((await connection.execute(query)).scalars())

    async def claim(self, turn: OpenTurn, lease: float) -> bool:
        """Return True if the caller may end this lapsed turn, before `lease`.

        If several try at once, one gets True.
        """
        mine = update(OPEN_TURNS).where(OPEN_TURNS.c.key == turn.key, OPEN_TURNS.c.lease == turn.lease)
        claimed = mine.values(lease=lease)
        return await self._database.write(lambda connection: bool(connection.execute(claimed).rowcount == 1))

    async def forget(self, tenant_id: str, person_id: str) -> int:
        """Delete all turns of a person, and return how many there were."""
        gone = delete(OPEN_TURNS).where(OPEN_TURNS.c.tenant_id == tenant_id, OPEN_TURNS.c.person_id == person_id)
        return await self._database.write(lambda connection: connection.execute(gone).rowcount)

    async def _found(self, which: ColumnElement[bool], most: int) -> list[OpenTurn]:
        query = select(OPEN_TURNS).where(which).order_by(OPEN_TURNS.c.lease).limit(most)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [OpenTurn(*(getattr(row, name) for name in OpenTurn.__slots__)) for row in rows]

    async def count(self) -> int:
        """Return how many turns are open."""
        async with self._database.reading() as connection:
            return int((await connection.execute(select(func.count()).select_from(OPEN_TURNS))).scalar_one())
