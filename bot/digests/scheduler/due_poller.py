"""Sees what is due. Whatever goes wrong, it is looked again: the clock and the store are not its own."""

from collections.abc import Callable
from typing import Any

import structlog

from bot.concurrency.backoff import Backoff
from bot.digests.content.digest_line import moment
from bot.digests.runs.run_id import RunId
from bot.digests.schedule.due_times import next_due
from bot.digests.scheduler.dbos_queue import RunQueue
from bot.domain.recurrence import OneTime
from bot.errors import StoreError, ZoneError
from bot.store.digests.digest_record import ClaimedRun, Digest
from bot.store.store import Store

log = structlog.get_logger(__name__)

AT_ONCE = 200
POLL = 1.0
# While the store fails; whoever wakes the loop meanwhile is heard after the wait.
TROUBLE = Backoff(first=1.0, longest=15.0, jitter=0.2)
# A clock that goes back by more has been put right, and what was planned by it is planned again.
PUT_BACK = 60.0
LATE = 60.0


def next_time(digest: Digest, after: float) -> float | None:
    """When what is due at that moment is due again, None for never: of a time zone that is gone there is no time.

    A single time is not reckoned once more: by the moment at which it was stored it may be a second later.
    """
    if isinstance(digest.schedule.on, OneTime):
        return None
    try:
        due = next_due(digest.schedule, moment(after), since=moment(digest.created))
    except ZoneError:
        log.error("digest_zone_unknown", digest=digest.number)  # noqa: TRY400  # a matter of data
        return None
    return None if due is None else due.timestamp()


def _as_planned(digest: Digest, after: float) -> float | None:
    """The same; a single time was reckoned from when it was said, and is kept."""
    return digest.next_due if isinstance(digest.schedule.on, OneTime) else next_time(digest, after)


def _report_failure(error: Exception, seconds: float) -> None:
    log.error("digests_not_claimed", problem=str(error), seconds=seconds)


class DuePoller:
    """`happened` hears of occurrences: "due", "late" and "missed". `wait`: in how many seconds to look again."""

    def __init__(
        self, store: Store, workflows: RunQueue, clock: Callable[[], float], happened: Callable[[str], None]
    ) -> None:
        self._store = store
        self._workflows = workflows
        self._clock = clock
        self._happened = happened
        self.wait = POLL
        self._last = 0.0  # the first look plans anew what a wrong clock planned before the restart

    async def poll(self) -> None:
        """Enqueue what is due, and set `wait`: repeated for as long as the store fails."""
        self.wait = TROUBLE.longest  # after any other error
        self.wait = await TROUBLE.retry(self.look, StoreError, _report_failure)

    async def look(self) -> float:
        """Enqueue what is due; in how many seconds to look again. Raises StoreError."""
        now = self._clock()
        if now < self._last - PUT_BACK or not self._last:
            moved = await self._store.digests.reschedule(now, _as_planned)
            log.info("digests_rescheduled", moved=moved)
        self._last = now
        claims = await self._store.digests.claim(now, AT_ONCE, next_time, self._enqueue)
        for claim in claims:
            self._report(claim)
        if len(claims) == AT_ONCE:
            return 0.0
        soonest = await self._store.digests.soonest()
        return POLL if soonest is None else min(max(soonest - self._clock(), 0.01), POLL)

    def _enqueue(self, connection: Any, claim: ClaimedRun) -> None:
        self._workflows.put(connection, RunId(claim.digest.number, claim.due), claim.digest)

    def _report(self, claim: ClaimedRun) -> None:
        self._happened("due")
        late = claim.late_for > LATE
        if late:
            self._happened("late")
        for _ in range(claim.missed):
            self._happened("missed")
        log.info(
            "digest_due", digest=claim.digest.number, due=claim.due, late=round(claim.late_for), missed=claim.missed
        )
