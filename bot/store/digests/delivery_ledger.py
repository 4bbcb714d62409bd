"""The ledger of deliveries: the state of each occurrence.

It decides whether a message may be sent.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any, Unpack

import structlog
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    delete,
    exists,
    func,
    null,
    or_,
    select,
    tuple_,
    update,
)

from bot.errors import StoreError
from bot.store.database.database import Database
from bot.store.database.tables import DIGESTS, OCCURRENCES
from bot.store.digests.digest_changes import locking
from bot.store.digests.occurrence import FINAL, UNFINISHED, Occurrence, OccurrenceChanges, OccurrenceState
from bot.store.digests.row_mapping import occurrence_of

# The newest occurrences of a digest that are always kept.
_COMPARED = 2
EMPTY = {"report": None, "payload": None}

log = structlog.get_logger(__name__)

# Called within the transaction with its sqlalchemy.Connection. An exception rolls everything back.
EnqueueAgain = Callable[[Any, Occurrence], None]


class DeliveryLedger:
    """Stores the occurrences.

    `clock` returns Unix seconds. `DigestRepository.claim` inserts occurrences, and they are deleted with their digest.
    Every method raises StoreError if the database fails.
    """

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    async def get(self, number: int, due: int) -> Occurrence | None:
        """Return the occurrence.

        None if there is none, it cannot be read, or its digest was deleted.
        """
        found = await self._select(select(OCCURRENCES).where(*_named(number, due)))
        return found[0] if found else None

    async def advance(
        self, number: int, due: int, frm: Collection[str], to: str, **changes: Unpack[OccurrenceChanges]
    ) -> bool:
        """Set the state to `to` with `changes` if it is in `frm`; return True if it was.

        This is a compare-and-set.
        """
        values: dict[str, Any] = {"finished": self._clock() if to in FINAL else None, **changes, "state": to}
        change = update(OCCURRENCES).where(*_named(number, due), OCCURRENCES.c.state.in_(list(frm))).values(values)
        # A message that was sent must not be sent again, even after a power failure.
        durable = to == OccurrenceState.SENDING
        return await self._database.write(
            lambda connection: bool(connection.execute(change).rowcount == 1), durable=durable
        )

    async def of(self, number: int, limit: int = 10) -> list[Occurrence]:
        """Return the newest occurrences of digest `number`, the newest first."""
        theirs = select(OCCURRENCES).where(OCCURRENCES.c.number == number)
        return await self._select(theirs.order_by(OCCURRENCES.c.due.desc()).limit(limit))

    async def unfinished(self, before: float, limit: int, after: Occurrence | None = None) -> list[Occurrence]:
        """Return occurrences that still need a run, the oldest first.

        They were claimed before `before` (Unix seconds), and come behind `after` in this order. `report` and `payload`
        are None in them.
        """
        sealed = [null().label(name) for name in ("report", "payload")]
        plain = [column for column in OCCURRENCES.c if column.name not in {"report", "payload"}]
        query = select(*plain, *sealed).where(OCCURRENCES.c.state.in_(UNFINISHED), OCCURRENCES.c.started < before)
        order = OCCURRENCES.c.started, OCCURRENCES.c.number, OCCURRENCES.c.due
        if after is not None:
            query = query.where(tuple_(*order) > (after.started, after.number, after.due))
        return await self._select(query.order_by(*order).limit(limit))

    async def run_again(self, lost: Occurrence, attempt: int, enqueue: EnqueueAgain) -> bool:
        """Set the attempt of a lost occurrence and enqueue it, in one transaction.

        Returns False if its state or attempt has changed since `lost` was read.
        """
        change = (
            update(OCCURRENCES)
            .where(
                *_named(lost.number, lost.due),
                OCCURRENCES.c.state == lost.state,
                OCCURRENCES.c.attempt == lost.attempt,
            )
            .values(attempt=attempt)
        )

        def run(connection: Connection) -> bool:
            found = connection.execute(change).rowcount == 1
            if found:
                enqueue(connection, replace(lost, attempt=attempt))
            return found

        return await self._database.write(run)

    async def take_up(self, tenant_id: str, owner_id: str, enqueue: EnqueueAgain) -> list[Occurrence]:
        """Make occurrences that wait for this owner's sign-in due, and enqueue them.

        The oldest comes first, whatever the state of its digest is now, and each gets one more `attempt`. All is done
        in one transaction.
        """
        owned = (DIGESTS.c.tenant_id == tenant_id.lower(), DIGESTS.c.owner_id == owner_id.lower())

        def take(connection: Connection) -> list[Occurrence]:
            # Digests first and by number, as a claim, which ends waiting runs: neither waits for the other in turn.
            waiting = exists().where(
                OCCURRENCES.c.number == DIGESTS.c.number, OCCURRENCES.c.state == OccurrenceState.WAITING
            )
            connection.execute(locking(*owned, waiting))
            query = _waiting(tenant_id, owner_id).with_for_update(of=OCCURRENCES)
            found = [occurrence_of(row) for row in connection.execute(query).mappings()]
            return [_again(connection, each, enqueue) for each in found]

        return await self._database.write(take)

    async def waiting_owners(self, after: tuple[str, str], limit: int) -> list[tuple[str, str]]:
        """Return up to `limit` owners behind `after` for whom a run waits.

        They are pairs of the ids of tenant and owner, in their order.
        """
        owner = DIGESTS.c.tenant_id, DIGESTS.c.owner_id
        query = _waiting_runs(*owner).where(tuple_(*owner) > after).distinct().order_by(*owner).limit(limit)
        async with self._database.reading() as connection:
            return [(tenant_id, owner_id) for tenant_id, owner_id in await connection.execute(query)]

    async def waiting(self, tenant_id: str, owner_id: str) -> list[Occurrence]:
        """Return the occurrences that wait for this owner's sign-in, the oldest first."""
        return await self._select(_waiting(tenant_id, owner_id))

    async def counts(self) -> dict[str, int]:
        """Return the number of occurrences in each state; a state without any is omitted."""
        query = select(OCCURRENCES.c.state, func.count()).group_by(OCCURRENCES.c.state)
        async with self._database.reading() as connection:
            return {str(state): int(number) for state, number in await connection.execute(query)}

    async def purge(self, before: float) -> int:
        """Delete old occurrences that count no more; return how many.

        They were due before `before`. Kept are those that are not over or not recorded yet: one that waits for a
        sign-in counts as missed when the next one is due, which may be a month later. Kept are also the newest
        `_COMPARED` of each digest: a failure is compared with the one before. Those that are over keep no figures,
        even if their last step was never made.
        """
        held, newer = OCCURRENCES.c, OCCURRENCES.alias("newer")
        newest = select(newer.c.due).where(newer.c.number == held.number, newer.c.due > held.due)
        over = (held.state.in_(FINAL), held.report.is_(None), newest.limit(1).offset(_COMPARED - 1).exists())
        erase = delete(OCCURRENCES).where(held.due < before, *over)
        sealed = or_(held.report.is_not(None), held.payload.is_not(None))
        empty = update(OCCURRENCES).where(held.finished < before, held.state.in_(FINAL), sealed).values(EMPTY)

        def purged(connection: Connection) -> int:
            connection.execute(empty)
            return int(connection.execute(erase).rowcount)

        return await self._database.write(purged)

    async def _select(self, query: Select[Any]) -> list[Occurrence]:
        async with self._database.reading() as connection:
            return _readable((await connection.execute(query)).mappings())


def _readable(rows: Iterable[RowMapping]) -> list[Occurrence]:
    """Return the occurrences that can be read: another one must not affect them."""
    found = []
    for row in rows:
        try:
            found.append(occurrence_of(row))
        except StoreError:
            log.warning("digest_run_unreadable", digest=row["number"], due=row["due"])
    return found


def _again(connection: Connection, waited: Occurrence, enqueue: EnqueueAgain) -> Occurrence:
    change = (
        update(OCCURRENCES)
        .where(*_named(waited.number, waited.due))
        .values(state=OccurrenceState.DUE, attempt=waited.attempt + 1, finished=None)
        .returning(OCCURRENCES)
    )
    again = occurrence_of(connection.execute(change).mappings().one())
    enqueue(connection, again)
    return again


def _waiting_runs(*columns: Any) -> Select[Any]:
    joined = select(*columns).join_from(OCCURRENCES, DIGESTS, DIGESTS.c.number == OCCURRENCES.c.number)
    return joined.where(OCCURRENCES.c.state == OccurrenceState.WAITING)


def _waiting(tenant_id: str, owner_id: str) -> Select[Any]:
    theirs = (DIGESTS.c.tenant_id == tenant_id.lower(), DIGESTS.c.owner_id == owner_id.lower())
    return _waiting_runs(OCCURRENCES).where(*theirs).order_by(OCCURRENCES.c.due, OCCURRENCES.c.number)


def _named(number: int, due: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return OCCURRENCES.c.number == number, OCCURRENCES.c.due == due
