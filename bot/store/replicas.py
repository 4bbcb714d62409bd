"""The replicas of this bot: which are alive, and who takes over a dead one's runs."""

from sqlalchemy import Connection, delete, insert, or_, select, update

from bot.store.database.database import Database, TakenError
from bot.store.database.tables import REPLICAS


class Replicas:
    """The heartbeats of all replicas; a replica is identified by its executor id.

    A replica is considered dead after `within` seconds without a heartbeat. The clocks of the replicas must differ by
    less than `within`. `now` is in Unix seconds. Every method raises StoreError when the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def beat(self, executor: str, now: float) -> bool:
        """Write a heartbeat of `executor` at `now`.

        Return False for the first heartbeat, and if another replica considered this one dead and took over meanwhile.
        """
        while (kept := await self._beat(executor, now)) is None:
            pass  # the row was inserted between the two statements
        return kept

    async def leave(self, executor: str) -> None:
        """Remove `executor` after an orderly stop: nothing is left to take over."""
        gone = delete(REPLICAS).where(REPLICAS.c.executor == executor)
        await self._database.write(lambda connection: connection.execute(gone).rowcount)

    async def living(self, now: float, within: float) -> list[str]:
        """Return the replicas that are alive, ordered by id."""
        living = select(REPLICAS.c.executor).where(REPLICAS.c.beat >= now - within)
        async with self._database.reading() as connection:
            return list((await connection.execute(living.order_by(REPLICAS.c.executor))).scalars())

    async def known(self) -> list[str]:
        """Return the living replicas, and the dead ones not completely taken over."""
        async with self._database.reading() as connection:
            return list((await connection.execute(select(REPLICAS.c.executor))).scalars())

    async def dead(self, now: float, within: float) -> list[str]:
        """Return the dead replicas that no living replica is taking over, by id."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(REPLICAS).order_by(REPLICAS.c.executor))).all()
        living = {row.executor for row in rows if row.beat >= now - within}
        return [row.executor for row in rows if row.executor not in living and row.adopted_by not in living]

    async def adopt(self, dead: str, by: str, now: float, within: float) -> bool:
        """Return True if `by` may take over from `dead`.

        Of several replicas that try, one gets True; another gets it only if that one dies, too. The same replica may
        call this again. It must call `adopted` when the takeover is complete.
        """
        other = REPLICAS.alias()
        living = select(other.c.executor).where(other.c.beat >= now - within)
        orphan = or_(REPLICAS.c.adopted_by == by, REPLICAS.c.adopted_by.not_in(living))
        silent = (REPLICAS.c.executor == dead, REPLICAS.c.beat < now - within, orphan)
        taken = update(REPLICAS).where(*silent).values(adopted_by=by)
        return await self._database.write(lambda connection: bool(connection.execute(taken).rowcount == 1))

    async def adopted(self, dead: str, by: str) -> bool:
        """Forget the dead replica: `by` has taken over.

        Return False if the replica came back meanwhile.
        """
        mine = delete(REPLICAS).where(REPLICAS.c.executor == dead, REPLICAS.c.adopted_by == by)
        return await self._database.write(lambda connection: bool(connection.execute(mine).rowcount == 1))

    async def _beat(self, executor: str, now: float) -> bool | None:
        """Do what `beat` does; None if it must be tried again."""

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
