"""Which process answers an activity: the one that claimed it first.

Depends on SQLAlchemy's Core; what a key names is unknown here. A claim is a row of `records`, and so is the sign of
life of a process. Both expire.
"""

import math
import secrets
from collections.abc import Callable
from enum import Enum, auto

from sqlalchemy import ColumnElement, Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.key_hash import key_hash
from bot.errors import StoreError
from bot.store.database.database import Database
from bot.store.database.tables import RECORDS

CLAIM = "activity"
HOLDER = "process"
# Seconds. As long as one process remembers an activity, see `bot.teams.sdk.turn_runner`.
KEPT = 600.0
# Seconds between two signs of life, and after the last one a process counts as dead.
BEAT = 4.0
LIVING = 12.0
# Seconds in which a living process answers an activity or acknowledges it.
ACKNOWLEDGED = 30.0
# Seconds in which an activity may come again because its process died before: nobody acknowledged it, and the database
# may have been away since.
SENT_AGAIN = 120.0
ENDED = b"ended"
GIVEN_UP = b"given up"  # in place of the process that has an activity


class ClaimOutcome(Enum):
    """Whose an activity is.

    OWN: this process's. TAKEN_OVER: this process's too, but one that died had it before, and may have answered it.
    ANSWERED: another process has answered it. UNDER_WAY: another process may still fail to.
    """

    OWN = auto()
    TAKEN_OVER = auto()
    ANSWERED = auto()
    UNDER_WAY = auto()


class ActivityClaims:
    """The claims of one process, among those of all others on the database.

    `clock` returns Unix seconds, and differs by a few at most among the processes. Every method raises StoreError when
    the database fails.
    """

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        self._holder = secrets.token_hex(16)
        self._beaten: float | None = None
        self._doubted = -math.inf

    @property
    def is_in_doubt(self) -> bool:
        """Whether others may be alive without a sign of life: the database was away until a moment ago.

        This process could not write its own.
        """
        return self._is_late() or abs(self._clock() - self._doubted) < LIVING

    async def claim(self, key: str, since: float | None = None) -> ClaimOutcome:
        """Claim the activity of `key`, with one statement if nobody else has.

        A process without a sign of life loses what it claimed in its last two minutes: it may have died before it
        acknowledged the activity, which then comes again. `since`: this process answers it since then, and could not
        claim it.
        """
        return await self._database.write(lambda connection: self._claimed(connection, key_hash(key), since))

    async def release(self, key: str) -> None:
        """Give back a claim of this process, because it could not begin to answer."""
        mine = delete(RECORDS).where(*self._own(key))
        await self._database.write(lambda connection: connection.execute(mine).rowcount)

    async def give_up(self, key: str) -> None:
        """Leave an activity of this process to the next one that gets it, because the answer is not certain."""
        mine = update(RECORDS).where(*self._own(key)).values(value=GIVEN_UP)
        await self._database.write(lambda connection: connection.execute(mine).rowcount)

    async def is_taken(self, key: str, since: float) -> bool:
        """Return True if a process has claimed this activity after `since`.

        It is in Unix seconds.
        """
        query = select(RECORDS.c.expires).where(*_named(CLAIM, key_hash(key)))
        async with self._database.reading() as connection:
            expires = (await connection.execute(query)).scalar_one_or_none()
        return expires is not None and expires - KEPT > since

    async def beat(self) -> None:
        """Say that this process is alive."""
        was_late = self._is_late()
        try:
            await self._say(b"", LIVING)
        except StoreError:
            self._doubted = self._clock()
            raise
        self._beaten = self._clock()
        if was_late:
            self._doubted = self._beaten

    async def end(self) -> None:
        """Say that this process has answered all that it claimed, and stops."""
        await self._say(ENDED, KEPT)

    async def purge(self) -> int:
        """Delete what has expired and return how much it was."""
        old = delete(RECORDS).where(RECORDS.c.kind.in_((CLAIM, HOLDER)), RECORDS.c.expires <= self._clock())
        return await self._database.write(lambda connection: int(connection.execute(old).rowcount))

    def _own(self, key: str) -> tuple[ColumnElement[bool], ...]:
        return *_named(CLAIM, key_hash(key)), RECORDS.c.value == self._holder.encode()

    def _is_late(self) -> bool:
        return self._beaten is not None and self._clock() - self._beaten > LIVING

    def _claimed(self, connection: Connection, key: str, since: float | None) -> ClaimOutcome:
        now = self._clock()
        expires = (now if since is None else since) + KEPT
        if self._put(connection, CLAIM, key, self._holder.encode(), expires=expires, over=now):
            return ClaimOutcome.OWN
        row = connection.execute(select(RECORDS.c.value, RECORDS.c.expires).where(*_named(CLAIM, key))).one_or_none()
        if row is None:  # it was deleted between the two statements
            return ClaimOutcome.UNDER_WAY
        age = now - (row.expires - KEPT)
        if row.value == self._holder.encode() or age > SENT_AGAIN:
            return ClaimOutcome.ANSWERED
        holder = select(RECORDS.c.value).where(*_named(HOLDER, row.value.decode()), RECORDS.c.expires > now)
        sign = connection.execute(holder).scalar_one_or_none()
        if sign == ENDED:
            return ClaimOutcome.ANSWERED
        is_given_up = row.value == GIVEN_UP
        if not is_given_up and (sign is not None or age < LIVING):  # the claim itself is a sign of life
            return ClaimOutcome.UNDER_WAY if age <= ACKNOWLEDGED else ClaimOutcome.ANSWERED
        taking = update(RECORDS).where(*_named(CLAIM, key), RECORDS.c.value == row.value)
        taking = taking.values(value=self._holder.encode(), expires=now + KEPT)
        taken = (is_given_up or not self.is_in_doubt) and connection.execute(taking).rowcount == 1
        return ClaimOutcome.TAKEN_OVER if taken else ClaimOutcome.UNDER_WAY

    async def _say(self, sign: bytes, seconds: float) -> None:
        now = self._clock()
        await self._database.write(
            lambda each: self._put(each, HOLDER, self._holder, sign, expires=now + seconds, over=None)
        )

    def _put(
        self, connection: Connection, kind: str, key: str, value: bytes, *, expires: float, over: float | None
    ) -> bool:
        """Insert or overwrite a row, or return False; with `over`, only one that expired by then is overwritten."""
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        new = {"version": 1, "value": value, "expires": expires}
        putting = insert(RECORDS).values(kind=kind, key=key, **new)
        putting = putting.on_conflict_do_update(
            index_elements=[RECORDS.c.kind, RECORDS.c.key],
            set_=new,
            where=None if over is None else RECORDS.c.expires <= over,
        )
        return connection.execute(putting.returning(RECORDS.c.key)).one_or_none() is not None


def _named(kind: str, key: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return RECORDS.c.kind == kind, RECORDS.c.key == key
