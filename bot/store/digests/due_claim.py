"""The transaction that claims due digests.

Synchronous, for `AsyncConnection.run_sync`; `enqueue` is synchronous too.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, func, insert, or_, select, update

from bot.errors import StoreError
from bot.store.database.tables import DIGESTS, OCCURRENCES
from bot.store.digests.digest_record import (
    ALTERED,
    REFUSED,
    UNREADABLE,
    Claim,
    ClaimedRun,
    Digest,
    DigestState,
    Enqueue,
    NextDue,
)
from bot.store.digests.occurrence import UNFINISHED, OccurrenceState
from bot.store.digests.signed_rows import Row, SignedRows

# Seconds within which every schedule is due at least once, so the newest missed occurrence is not older than this.
_LONGEST_PAUSE = 32 * 86_400

_BOOK = (
    update(DIGESTS)
    .where(DIGESTS.c.number == bindparam("_number"))
    .values({name: bindparam("_" + name) for name in ("state", "next_due", "misses", "last", "last_at")})
    .values(requested=None, version=DIGESTS.c.version + 1)
)
# Seconds. A request within this time of an unfinished requested run gets that run, not another one.
_ON_ITS_WAY = 300

_SETTLE = (
    update(OCCURRENCES)
    .where(OCCURRENCES.c.number == bindparam("_number"), OCCURRENCES.c.state == OccurrenceState.WAITING)
    .values(state=bindparam("_state"), finished=bindparam("_finished"), report=None, payload=None)
)
_SOONEST = select(
    select(func.min(DIGESTS.c.next_due)).where(DIGESTS.c.state == DigestState.ACTIVE).scalar_subquery(),
    select(func.min(DIGESTS.c.requested)).scalar_subquery(),
)
_UNREADABLE = update(DIGESTS).values(state=DigestState.SUSPENDED, reason=UNREADABLE, next_due=None, requested=None)


@dataclass(frozen=True, slots=True)
class _Past:
    """What the ledger already has about a digest.

    `dues`: the times of its newer occurrences. `waiting`: how many wait. `coming`: a run that a user has just requested
    is in progress.
    """

    dues: Collection[int]
    waiting: int
    coming: bool


class DueClaim:
    """Claims what is due at `now`, on a connection in a write transaction."""

    def __init__(self, connection: Connection, rows: SignedRows, now: float, next_due: NextDue) -> None:
        self._connection = connection
        self._rows = rows
        self._now = now
        self._next_due = next_due

    def claim(self, limit: int, enqueue: Enqueue) -> Claim:
        """See `DigestRepository.claim`."""
        return Claim(self._runs(limit, enqueue), self._soonest())

    def _runs(self, limit: int, enqueue: Enqueue) -> list[ClaimedRun]:
        digests = self._digests(limit)
        if not digests:
            return []
        past = self._past(digests)
        planned = [(digest, self._plan(digest, past[digest.number])) for digest in digests]
        self._connection.execute(_BOOK, [_booked(digest) for _, (digest, _) in planned])
        claims = [claim for _, (_, claim) in planned if claim is not None]
        self._settle(claims)
        if claims:
            self._connection.execute(insert(OCCURRENCES), [self._occurrence(claim) for claim in claims])
        for claim in claims:
            enqueue(self._connection, claim)
        return claims

    def _soonest(self) -> float | None:
        found = self._connection.execute(_SOONEST).one()
        return min((float(each) for each in found if each is not None), default=None)

    def _digests(self, limit: int) -> list[Digest]:
        """Lock and return the digests, requested ones first, because a user is waiting for them.

        No other replica gets them until the transaction ends.
        """
        asked = select(DIGESTS).where(DIGESTS.c.requested.is_not(None)).order_by(DIGESTS.c.requested)
        found = self._locked(asked.limit(limit))
        if len(found) < limit:
            due = select(DIGESTS).where(
                DIGESTS.c.state == DigestState.ACTIVE, DIGESTS.c.next_due <= self._now, DIGESTS.c.requested.is_(None)
            )
            found += self._locked(due.order_by(DIGESTS.c.next_due).limit(limit - len(found)))
        return found

    def _locked(self, query: Select[Any]) -> list[Digest]:
        """Return the digests that no other transaction holds.

        One that cannot be read, or whose signature does not match, is suspended, so that it does not block all others.
        """
        digests = []
        # SQLite has no such lock and needs none: only one transaction writes at a time.
        for row in self._connection.execute(query.with_for_update(skip_locked=True)).mappings().all():
            try:
                digest = self._rows.digest(row)
            except StoreError:
                self._connection.execute(_UNREADABLE.where(DIGESTS.c.number == row["number"]))
                continue
            if digest is None:
                self._rest(row)
            else:
                digests.append(digest)
        return digests

    def _rest(self, row: Row) -> None:
        values: dict[str, Any] = {"requested": None, "version": DIGESTS.c.version + 1}
        if row["state"] == DigestState.ACTIVE:
            values |= {"state": DigestState.SUSPENDED, "reason": ALTERED}
        self._connection.execute(update(DIGESTS).where(DIGESTS.c.number == row["number"]).values(values))

    def _past(self, digests: Sequence[Digest]) -> Mapping[int, _Past]:
        earliest = min(each for digest in digests for each in (digest.next_due, digest.requested) if each is not None)
        held = OCCURRENCES.c
        coming = and_(held.manual, held.state.in_(UNFINISHED), held.due >= int(self._now) - _ON_ITS_WAY)
        query = select(held.number, held.due, held.state, coming).where(
            held.number.in_([digest.number for digest in digests]),
            or_(held.due >= int(earliest), held.state == OccurrenceState.WAITING, coming),
        )
        dues: dict[int, set[int]] = defaultdict(set)
        waiting: Counter[int] = Counter()
        on_its_way: set[int] = set()
        for number, due, state, comes in self._connection.execute(query):
            dues[number].add(due)
            waiting[number] += state == OccurrenceState.WAITING
            if comes:
                on_its_way.add(number)
        numbers = [digest.number for digest in digests]
        return {number: _Past(dues[number], waiting[number], number in on_its_way) for number in numbers}

    def _plan(self, digest: Digest, past: _Past) -> tuple[Digest, ClaimedRun | None]:
        """Return the digest after the claim, and the claim; None if this occurrence exists already."""
        after = replace(digest, requested=None, version=digest.version + 1)
        if digest.state is not DigestState.ACTIVE or digest.next_due is None or digest.next_due > self._now:
            return after, None if past.coming else self._manual(after, digest.requested or self._now, past)
        moment, upcoming = self._newest(digest, digest.next_due)
        after = replace(after, next_due=upcoming, state=DigestState.DONE if upcoming is None else digest.state)
        if digest.last == REFUSED:  # this is the retry: no other one is planned
            after = replace(after, last="")
        due = int(moment)
        if due in past.dues:
            return after, None
        if past.waiting:
            misses = digest.misses + past.waiting
            after = replace(after, misses=misses, last=OccurrenceState.MISSED, last_at=self._now)
        skipped = moment != digest.next_due
        return after, ClaimedRun(after, due, self._now - moment, skipped_earlier=skipped, missed=past.waiting)

    def _manual(self, digest: Digest, requested: float, past: _Past) -> ClaimedRun:
        due = int(requested)
        while due in past.dues:
            due += 1
        return ClaimedRun(digest, due, max(0.0, self._now - requested), manual=True)

    def _newest(self, digest: Digest, moment: float) -> tuple[float, float | None]:
        """Return the newest due moment up to now, from `moment` on, and the one after it."""
        upcoming = self._after(digest, moment)
        if upcoming is not None and upcoming <= self._now:
            # Skip ahead: stepping through years of occurrences would block all other replicas.
            upcoming = self._after(digest, max(moment, self._now - _LONGEST_PAUSE))
        while upcoming is not None and upcoming <= self._now:
            moment, upcoming = upcoming, self._after(digest, upcoming)
        return moment, upcoming

    def _after(self, digest: Digest, moment: float) -> float | None:
        upcoming = self._next_due(digest, moment)
        if upcoming is not None and upcoming <= moment:
            raise ValueError(f"digest {digest.number}: the next moment has to be later")
        return upcoming

    def _settle(self, claims: Sequence[ClaimedRun]) -> None:
        """End the waiting occurrences that a newer one replaces."""
        missed, cancelled = OccurrenceState.MISSED, OccurrenceState.CANCELLED
        ends = [
            {
                "_number": claim.digest.number,
                "_state": cancelled if claim.manual else missed,
                "_finished": self._now,
            }
            for claim in claims
        ]
        if ends:
            self._connection.execute(_SETTLE, ends)

    def _occurrence(self, claim: ClaimedRun) -> dict[str, Any]:
        return {
            "number": claim.digest.number,
            "due": claim.due,
            "state": OccurrenceState.DUE,
            "attempt": 1,
            "skipped_earlier": claim.skipped_earlier,
            "manual": claim.manual,
            "activity_id": "",
            "problem": "",
            "started": self._now,
            "executor": "",
        }


def _booked(digest: Digest) -> dict[str, Any]:
    return {
        "_number": digest.number,
        "_state": digest.state,
        "_next_due": digest.next_due,
        "_misses": digest.misses,
        "_last": digest.last,
        "_last_at": digest.last_at,
    }
