"""Recover lost runs: re-enqueue every due occurrence that no worker is processing.

A run is lost if the queue could not store its result (disk full), if its process was killed before its first heartbeat,
or if another release enqueued it. Only one run per conversation is in progress at a time, so a lost run would block all
other digests of its conversation.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import structlog

from bot.digests.runs.run_id import RunId
from bot.digests.runs.run_workflow import INTERNAL, Step
from bot.digests.runs.step_context import NO_DIGEST, StepContext
from bot.digests.scheduler.dbos_queue import CRASHED, QueuedRun, RunQueue
from bot.store.digests.occurrence import Occurrence, OccurrenceState

log = structlog.get_logger(__name__)

AT_ONCE = 500
# Attempts of one occurrence beyond the ledger's count to look for: the ledger does not count an attempt that waits in
# the queue.
TRIES = 20
# If this many runs of an occurrence were lost, the next one would be lost too.
MOST = 60
LOST = "lost"


@dataclass(frozen=True, slots=True)
class RecoverySettings:
    """When lost runs are searched for.

    Every `every` seconds, among the occurrences that were claimed more than `after` seconds ago.
    """

    every: float = 60.0
    after: float = 120.0


@dataclass(frozen=True, slots=True)
class _LostRun:
    """An occurrence without a run. `hopeless`: another run would be lost as well."""

    occurrence: Occurrence
    hopeless: bool


class LostRunRecovery:
    """Searches for lost runs and re-enqueues them.

    `running` returns the runs of this process; `tell` is the step that notifies owners. Every replica searches: a run
    that one of them recovers is no longer lost for the others.
    """

    def __init__(
        self,
        parts: StepContext,
        workflows: RunQueue,
        running: Callable[[], Collection[RunId]],
        patience: RecoverySettings,
        tell: Step,
    ) -> None:
        self._parts = parts
        self._workflows = workflows
        self._running = running
        self._patience = patience
        self._tell = tell
        self._suspects: frozenset[tuple[str, RunId]] = frozenset()
        self._after: Occurrence | None = None  # the last one of the page before
        self._twice = False

    async def look(self) -> int:
        """Recover the runs that were lost in this search and in the one before.

        Returns how many there were. A run must be lost twice in a row, because while it moves from one state to the
        next it is for a moment in neither. Raises StoreError.
        """
        orphans, runless = await self._orphans(), await self._runless()
        suspects = {("run", each.run) for each in orphans} | {("occurrence", run) for run in runless}
        again, self._suspects = suspects & self._suspects, frozenset(suspects)
        await self._resume([each for each in orphans if ("run", each.run) in again])
        for run, stray in runless.items():
            if ("occurrence", run) in again:
                await self._bring_back(run, stray)
        if again:
            log.warning("digest_runs_lost", count=len(again))
        return len(again)

    async def _orphans(self) -> list[QueuedRun]:
        """Return pending runs whose executor is not working on them.

        The executor is an earlier process with this replica's id, or a replica that is not in the table of replicas.
        """
        pending, here = await self._workflows.pending(), self._running()
        known = await self._parts.store.replicas.known()
        return [
            each
            for each in pending
            if (each.run not in here if each.executor == self._parts.executor else each.executor not in known)
        ]

    async def _resume(self, orphans: list[QueuedRun]) -> None:
        if current := [str(each.run) for each in orphans if each.current]:
            await self._workflows.resume(current)
        if others := [each.run for each in orphans if not each.current]:
            await self._workflows.cancel(others)  # the occurrence gets a new run with the steps of this version

    async def _runless(self) -> dict[RunId, _LostRun]:
        """Return the unfinished occurrences that have no active run, by their latest run."""
        found = await self._page()
        tries = [RunId(each.number, each.due, each.attempt + more) for each in found for more in range(TRIES)]
        filed: dict[tuple[int, int], list[QueuedRun]] = defaultdict(list)
        for each in await self._workflows.filed(tries):
            filed[each.run.number, each.run.due].append(each)
        strays = {}
        for lost in found:
            runs = filed[lost.number, lost.due]
            if not any(each.comes for each in runs):
                attempt = max((each.run.attempt for each in runs), default=lost.attempt)
                hopeless = attempt >= MOST or any(each.status == CRASHED for each in runs)
                strays[RunId(lost.number, lost.due, max(attempt, lost.attempt))] = _LostRun(lost, hopeless)
        return strays

    async def _page(self) -> list[Occurrence]:
        """Return the next unfinished occurrences, the oldest first and then from the beginning again.

        However many there are, each is looked at, and each page twice in a row.
        """
        before = self._parts.clock() - self._patience.after
        found = await self._parts.store.ledger.unfinished(before, AT_ONCE, self._after)
        self._twice = not self._twice
        if not self._twice:
            self._after = found[-1] if len(found) == AT_ONCE else None
        return found

    async def _bring_back(self, run: RunId, stray: _LostRun) -> None:
        lost, ledger = stray.occurrence, self._parts.store.ledger
        frm = {lost.state}  # another replica may have continued it since it was read
        digest = await self._parts.store.digests.get(run.number)
        if digest is None:  # deleted meanwhile, or its signature does not match
            await self._parts.cancel(run, NO_DIGEST, frm)
            return
        sending = lost.state is OccurrenceState.SENDING  # a new run records that its outcome is unknown
        if not sending and any(each.due > lost.due for each in await ledger.of(run.number, 1)):
            await self._parts.cancel(run, LOST, frm)
        elif not sending and stray.hopeless:
            await self._tell(run, await self._parts.fail(run, f"{INTERNAL} {LOST}", frm))
        else:

            def put(connection: Any, _: Occurrence) -> None:
                self._workflows.put(connection, run.next, digest)

            await ledger.run_again(lost, run.next.attempt, put)
