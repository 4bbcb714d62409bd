"""Which processes of this bot are alive, and who takes over from one that is not."""

from sqlalchemy import Connection, delete, insert, or_, select, update

from bot.store.database.database import Database, TakenError
from bot.store.database.tables import REPLICAS


class Replicas:
    """Replicas are told apart by their executor id. `within` are seconds without a heartbeat until one counts as dead.

    Every method raises StoreError where the database fails. The clocks of the replicas have to agree better than
    `within`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def beat(self, executor: str, now: float) -> bool:
        """A heartbeat; False at the first, and where another replica took over meanwhile, taking this one for dead."""
        while (kept := await self._beat(executor, now)) is None:
            pass  # the row appeared between the two statements
        return kept

    async def leave(self, executor: str) -> None:
        """An orderly end: nothing is left to take over."""
        gone = delete(REPLICAS).where(REPLICAS.c.executor == executor)
        await self._database.write(lambda connection: connection.execute(gone).rowcount)

    async def living(self, now: float, within: float) -> list[str]:
        """By id."""
        living = select(REPLICAS.c.executor).where(REPLICAS.c.beat >= now - within)
        async with self._database.reading() as connection:
            return list((await connection.execute(living.order_by(REPLICAS.c.executor))).scalars())

    async def known(self) -> list[str]:
        """The living, and the dead that nobody has taken over from yet."""
        async with self._database.reading() as connection:
            return list((await connection.execute(select(REPLICAS.c.executor))).scalars())

    async def dead(self, now: float, within: float) -> list[str]:
        """Those without a heartbeat that no living replica has adopted yet, by id."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(REPLICAS).order_by(REPLICAS.c.executor))).all()
        living = {row.executor for row in rows if row.beat >= now - within}
        return [row.executor for row in rows if row.executor not in living and row.adopted_by not in living]

    async def adopt(self, dead: str, by: str, now: float, within: float) -> bool:
        """Whether `by` takes over: true for one of those who try, and for another only if that one dies in turn.

        It may ask again, and has to say when it is done: `adopted`.
        """
        other = REPLICAS.alias()
        living = select(other.c.executor).where(other.c.beat >= now - within)
        orphan = or_(REPLICAS.c.adopted_by == by, REPLICAS.c.adopted_by.not_in(living))
        silent = (REPLICAS.c.executor == dead, REPLICAS.c.beat < now - within, orphan)
        taken = update(REPLICAS).where(*silent).values(adopted_by=by)
        return await self._database.write(lambda connection: bool(connection.execute(taken).rowcount == 1))

    async def adopted(self, dead: str, by: str) -> bool:
        """The takeover is complete: forget the dead replica. False where it came back meanwhile."""
        mine = delete(REPLICAS).where(REPLICAS.c.executor == dead, REPLICAS.c.adopted_by == by)
        return await self._database.write(lambda connection: bool(connection.execute(mine).rowcount == 1))

    async def _beat(self, executor: str, now: float) -> bool | None:
        """None: try again."""

        def beaten(connection: Connection) -> bool:
            row = select(REPLICAS.c.adopted_by).where(REPLICAS.c.executor == executor)
            before = connection.execute(row.with_for_update()).scalar_one_or_none()
            if before is None:
                connection.execute(insert(REPLICAS).values(executor=executor, beat=now, adopted_by=""))
                return False
            mine = update(REPLICAS).where(REPLICAS.c.executor == executor)
            connection.execute(mine.values(beat=now, adopted_by=""))
            return not before

        try:
            return await self._database.write(beaten)
        except TakenError:
            return None
