"""Poll the database for due digests, and keep polling after any failure.

The clock and the database can both fail independently of the bot.
"""

from collections.abc import Callable
from typing import Any

import structlog

from bot.concurrency.backoff import Backoff
from bot.digests.content.digest_line import moment
from bot.digests.runs.refused_conversation import after_pause
from bot.digests.runs.run_id import RunId
from bot.digests.schedule.due_times import next_due
from bot.digests.scheduler.dbos_queue import RunQueue
from bot.errors import StoreError, ZoneError
from bot.store.digests.digest_record import ClaimedRun, Digest
from bot.store.store import Store

log = structlog.get_logger(__name__)

AT_ONCE = 200
POLL = 1.0
# Waits while the store fails. A wake-up during such a wait takes effect after it.
TROUBLE = Backoff(first=1.0, longest=15.0, jitter=0.2)
# If the clock goes back by more seconds than this, it was corrected: all due times are computed again.
PUT_BACK = 60.0
LATE = 60.0


def next_time(digest: Digest, after: float) -> float | None:
    """Return when a digest that is due at `after` is due again; None if never.

    A digest that is paused until a day is not due before it. A digest with a single time is never due again. It is not
    computed again, because the result could be one second later than the stored moment. A digest whose time zone no
    longer exists is never due again either.
    """
    if digest.schedule.once:
        return None
    try:
        due = next_due(digest.schedule, moment(after_pause(digest, after)), since=moment(digest.created))
    except ZoneError:
        log.error("digest_zone_unknown", digest=digest.number)  # noqa: TRY400  # an error in the data, so without traceback
        return None
    return None if due is None else due.timestamp()


def _as_planned(digest: Digest, after: float) -> float | None:
    """Return the next due time; a single time stays as it was computed when the digest was set up."""
    return digest.next_due if digest.schedule.once else next_time(digest, after)


def _report_failure(error: Exception, seconds: float) -> None:
    log.error("digest_claim_failed", problem=str(error), seconds=seconds)


class DuePoller:
    """Enqueues due digests.

    `happened` is called with the outcome of each occurrence: "due", "late" or "missed". `wait` is the number of seconds
    until the next poll.
    """

    def __init__(
        self, store: Store, workflows: RunQueue, clock: Callable[[], float], happened: Callable[[str], None]
    ) -> None:
        self._store = store
        self._workflows = workflows
        self._clock = clock
        self._happened = happened
        self.wait = POLL
        self._last = 0.0  # the first poll corrects what a wrong clock computed before the restart

    async def poll(self) -> None:
        """Enqueue what is due and set `wait`. Retry for as long as the store fails."""
        self.wait = TROUBLE.longest  # if any other error is raised
        self.wait = await TROUBLE.retry(self.look, StoreError, _report_failure)

    async def look(self) -> float:
        """Enqueue what is due; return the seconds until the next poll.

        Raises StoreError.
        """
        now = self._clock()
        if now < self._last - PUT_BACK or not self._last:
            moved = await self._store.digests.reschedule(now, _as_planned)
            log.info("digests_rescheduled", moved=moved)
        self._last = now
        claim = await self._store.digests.claim(now, AT_ONCE, next_time, self._enqueue)
        for run in claim.runs:
            self._report(run)
        if len(claim.runs) == AT_ONCE:
            return 0.0
        return POLL if claim.soonest is None else min(max(claim.soonest - self._clock(), 0.01), POLL)

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
