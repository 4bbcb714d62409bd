"""The transaction that counts a refusal. Synchronous, on a connection.

It closes the run, counts, and schedules the retry or suspends the digests: all or nothing, and once for each run.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, update

from bot.store.database.tables import DIGESTS, OCCURRENCES
from bot.store.digests.digest_changes import locking
from bot.store.digests.digest_record import REFUSED, RESTING, Digest, DigestState
from bot.store.digests.occurrence import UNFINISHED, OccurrenceState
from bot.store.digests.signed_rows import SignedRows

# Returns when to try a digest again (Unix seconds); None if its conversation counts as gone. It must not raise.
RetryAt = Callable[[Digest], float | None]

# UNKNOWN: another replica took the run over, and this one knows now that nothing was posted.
_OPEN = (*UNFINISHED, OccurrenceState.WAITING, OccurrenceState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class CountedRefusal:
    """The refused digest and what was decided.

    `digest` is counted, in the state before its retry or suspension. `again` is when it is tried
    again; None if its conversation counts as gone. `suspended` are the numbers of the digests that were suspended.
    """

    digest: Digest
    again: float | None
    suspended: tuple[int, ...] = ()


class RefusalCount:
    """Counts refusals at `now` (Unix seconds), on a connection in a write transaction."""

    def __init__(self, connection: Connection, rows: SignedRows, now: float, retry_at: RetryAt) -> None:
        self._connection = connection
        self._rows = rows
        self._now = now
        self._retry_at = retry_at

    def count(self, number: int, due: int, problem: str, reason: str) -> CountedRefusal | None:
        """See `DigestRepository.refuse`."""
        one = DIGESTS.c.number == number
        place = self._connection.execute(
            select(DIGESTS.c.tenant_id, DIGESTS.c.conversation_id).where(one)
        ).one_or_none()
        if place is None:
            return None
        which = (DIGESTS.c.tenant_id == place.tenant_id, DIGESTS.c.conversation_id == place.conversation_id)
        # Digests first and by number, as every other transaction: two of them cannot wait for each other.
        self._connection.execute(locking(*which))
        if not self._closed(number, due, problem):
            return None
        since = func.coalesce(DIGESTS.c.refused_since, self._now)
        self._change(*which, refusals=DIGESTS.c.refusals + 1, refused_since=since)
        found = self._rows.digests(self._connection.execute(select(DIGESTS).where(one)).mappings().all())
        if not found:
            return None
        mine = found[0]
        again = self._retry_at(mine)
        if mine.state not in RESTING:  # the claim has made a digest with a single time done
            later = {} if again is None else {"next_due": again}
            self._change(one, state=DigestState.ACTIVE, last=REFUSED, last_at=self._now, **later)
        return CountedRefusal(mine, again, self._suspended(which, reason) if again is None else ())

    def _closed(self, number: int, due: int, problem: str) -> bool:
        held = OCCURRENCES.c
        open_ = (held.number == number, held.due == due, held.state.in_(_OPEN))
        change = (
            update(OCCURRENCES)
            .where(*open_)
            .values(
                state=OccurrenceState.FAILED,
                problem=problem,
                finished=self._now,
                report=None,
                payload=None,
                executor="",
            )
        )
        return self._connection.execute(change).rowcount == 1

    def _suspended(self, which: tuple[ColumnElement[bool], ...], reason: str) -> tuple[int, ...]:
        active = (*which, DIGESTS.c.state == DigestState.ACTIVE)
        numbers = select(DIGESTS.c.number).where(*active).order_by(DIGESTS.c.number)
        found = tuple(self._connection.execute(numbers).scalars())
        self._change(*active, state=DigestState.SUSPENDED, reason=reason, requested=None)
        return found

    def _change(self, *which: ColumnElement[bool], **values: Any) -> None:
        self._connection.execute(update(DIGESTS).where(*which).values(**values, version=DIGESTS.c.version + 1))
