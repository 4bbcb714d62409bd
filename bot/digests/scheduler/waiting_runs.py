"""Take up the runs that wait for their owner's sign-in.

Right after the sign-in, and by a search: the database may fail then, and a process may stop between the two.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from bot.concurrency.backoff import Backoff
from bot.digests.runs.fetch_step import INVITED, NOT_SIGNED_IN
from bot.digests.runs.run_id import RunId
from bot.digests.scheduler.dbos_queue import RunQueue
from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.store.digests.occurrence import Occurrence
from bot.store.store import Store

log = structlog.get_logger(__name__)

# The waits after a sign-in: 1, 5 and 20 seconds. After them, the search does it.
AGAIN = Backoff(first=1.0, longest=20.0, attempts=4, factor=5.0)
# Owners of one look.
AT_ONCE = 100
FIRST = "", ""

# Returns when the owner signed in (Unix seconds); None if they are not signed in. Raises StoreError.
SignedInSince = Callable[[Caller], Awaitable[float | None]]


class WaitingRuns:
    """Takes up waiting runs. Every replica searches: a run is taken up once."""

    def __init__(self, store: Store, workflows: RunQueue, since: SignedInSince, again: Backoff = AGAIN) -> None:
        self._store = store
        self._workflows = workflows
        self._since = since
        self._again = again
        self._after = FIRST

    async def signed_in(self, owner: Caller) -> None:
        """Take up the runs of an owner who has signed in.

        Tries again while the store fails. Raises StoreError if it fails for long.
        """

        def failed(error: Exception, seconds: float) -> None:
            log.warning("digest_take_up_failed", problem=str(error), seconds=seconds)

        await self._again.retry(lambda: self._take_up(owner), StoreError, failed)

    async def look(self) -> int:
        """Take up runs whose owner signed in later; return how many.

        Each call looks at the next `AT_ONCE` owners. A run that waits again after that stays: the same sign-in does
        not take it up twice. Raises StoreError.
        """
        ledger, done = self._store.ledger, 0
        owners = await ledger.waiting_owners(self._after, AT_ONCE)
        self._after = owners[-1] if len(owners) == AT_ONCE else FIRST
        for tenant_id, owner_id in owners:
            owner = Caller(tenant_id, owner_id)
            since = await self._since(owner)
            if since is not None and any(_is_over(run, since) for run in await ledger.waiting(tenant_id, owner_id)):
                done += await self._take_up(owner)
        return done

    async def _take_up(self, owner: Caller) -> int:
        digests = {each.number: each for each in await self._store.digests.of_owner(*owner.key)}

        def put(connection: Any, occurrence: Occurrence) -> None:
            run = RunId(occurrence.number, occurrence.due, occurrence.attempt)
            if (digest := digests.get(occurrence.number)) is not None:
                self._workflows.put(connection, run, digest)

        await self._store.records.delete(INVITED, owner.record_key)
        taken_up = await self._store.ledger.take_up(*owner.key, put)
        if taken_up:
            log.info("digest_runs_resumed", count=len(taken_up))
        return len(taken_up)


def _is_over(run: Occurrence, since: float) -> bool:
    """Return True if what the run waits for has happened.

    An owner who is signed in was not when the run began to wait, whatever the clocks of two replicas say. Any other
    problem needs a sign-in after that.
    """
    began = run.started if run.finished is None else run.finished
    return run.problem == NOT_SIGNED_IN or since > began
