"""Short texts that every process on the database receives at once.

PostgreSQL only: LISTEN and NOTIFY. On SQLite no process receives anything, and nothing may depend on a text: it is
lost while a connection is. https://www.postgresql.org/docs/current/sql-notify.html
"""

from collections.abc import Callable

from sqlalchemy import func, select

from bot.store.database.database import Database

CHANNEL = "usagebot"
QUIET = 30.0  # seconds without a text, after which the connection is tried


class Announcements:
    """Sends and receives texts.

    Every method raises StoreError when the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def are_possible(self) -> bool:
        """Return True if the database passes texts on."""
        return self._database.is_postgresql

    async def announce(self, text: str) -> None:
        """Send a text to all processes, this one included.

        It has at most a few hundred characters.
        """
        if self.are_possible:
            await self._database.write(lambda each: each.execute(select(func.pg_notify(CHANNEL, text))).scalar())

    async def listen(self, began: Callable[[], None], received: Callable[[str], None]) -> None:
        """Call `received` with each text from now on, until the connection is lost.

        `began` is called when listening has begun.
        """
        async with self._database.kept_connection() as connection:
            await connection.exec_driver_sql(f"LISTEN {CHANNEL}")
            driver = (await connection.get_raw_connection()).driver_connection
            began()
            while driver is not None:
                async for notice in driver.notifies(timeout=QUIET):
                    received(notice.payload)
                await connection.exec_driver_sql("SELECT 1")
