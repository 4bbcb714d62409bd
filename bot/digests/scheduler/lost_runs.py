"""Runs that got lost, and are brought back: nothing that was due may stay undone for want of somebody who does it.

A run gets lost where the queue could not write what it came to (a full disk), where its process was killed before
anybody knew that it was there, or where another release enqueued it. Since of a conversation one run is made at a time,
no other digest would be posted there either.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import structlog

from bot.digests.runs.run_id import RunId
from bot.digests.runs.run_workflow import INTERNAL, Step
from bot.digests.runs.step_context import StepContext
from bot.digests.scheduler.dbos_queue import CRASHED, QueuedRun, RunQueue
from bot.store.digests.occurrence import Occurrence, OccurrenceState

log = structlog.get_logger(__name__)

AT_ONCE = 500
# Tries of one occurrence beyond those that the ledger knows of: a try that waits is not noted there.
TRIES = 20
# Whatever loses so many runs of an occurrence loses the next one too.
MOST = 60
LOST = "lost"


@dataclass(frozen=True, slots=True)
class RecoverySettings:
    """A look every so many seconds, at what was claimed more than `after` seconds ago."""

    every: float = 60.0
    after: float = 120.0


@dataclass(frozen=True, slots=True)
class _LostRun:
    """`hopeless`: another run would get lost as well."""

    occurrence: Occurrence
    hopeless: bool


class LostRunRecovery:
    """`running` tells what this process is at, `tell` is the step of runs whose owner is to be told.

    Every replica looks; what one brings back is none for the others.
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

    async def look(self) -> int:
        """Bring back what is lost at this look and was at the one before; how many runs that were. Raises StoreError.

        Between two of its places a run is for a moment in none.
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
        """Runs that somebody is at who is not: another life of this process, or a replica nobody remembers."""
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
            await self._workflows.cancel(others)  # the occurrence gets another run, which somebody knows the steps of

    async def _runless(self) -> dict[RunId, _LostRun]:
        """Occurrences with nobody to bring them to an end, by their latest run."""
        before = self._parts.clock() - self._patience.after
        found = await self._parts.store.ledger.unfinished(before, AT_ONCE)
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

    async def _bring_back(self, run: RunId, stray: _LostRun) -> None:
        lost, ledger = stray.occurrence, self._parts.store.ledger
        digest = await self._parts.store.digests.get(run.number)
        if digest is None:
            return
        sending = lost.state is OccurrenceState.SENDING  # another run finds out that its fate is not known
        if not sending and any(each.due > lost.due for each in await ledger.of(run.number, 1)):
            await self._parts.cancel(run, LOST)
        elif not sending and stray.hopeless:
            await self._tell(run, await self._parts.fail(run, f"{INTERNAL} {LOST}"))
        else:

            def put(connection: Any, _: Occurrence) -> None:
                self._workflows.put(connection, run.next, digest)

            await ledger.run_again(lost, run.next.attempt, put)
