"""Runs that got lost, and are brought back: nothing that was due may stay undone for want of somebody who does it.

A run gets lost where the queue could not write what it came to (a full disk), where its process was killed before
anybody knew that it was there, or where another release enqueued it. Since of a conversation one run is made at a time,
no other digest would be posted there either.
"""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import structlog

from bot.digests.parts import Parts
from bot.digests.run_id import RunId
from bot.digests.workflows import Filed, Workflows
from bot.errors import StoreError
from bot.store.occurrence import Occurrence, OccurrenceState

log = structlog.get_logger(__name__)

AT_ONCE = 500
# Tries of one occurrence beyond those that the ledger knows of: a try that waits is not noted there.
TRIES = 20
# Whatever loses so many runs of an occurrence loses the next one too.
MOST = 60
LOST = "lost"


@dataclass(frozen=True, slots=True)
class Patience:
    """A look every so many seconds, at what was claimed more than `after` seconds ago."""

    every: float = 60.0
    after: float = 120.0


class Strays:
    """`running` tells what this process is at. Every replica looks; what one brings back is none for the others."""

    def __init__(
        self,
        parts: Parts,
        workflows: Workflows,
        running: Callable[[], Collection[RunId]],
        patience: Patience,
    ) -> None:
        self._parts = parts
        self._workflows = workflows
        self._running = running
        self._patience = patience
        self._suspects: frozenset[tuple[str, RunId]] = frozenset()

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.sleep(self._patience.every)
            try:
                await self.look()
            except StoreError as error:
                log.warning("strays_not_looked_for", problem=str(error))
            except Exception as error:  # noqa: BLE001  # the next look may be luckier
                log.error("strays_not_looked_for", problem=type(error).__name__)  # noqa: TRY400

    async def look(self) -> int:
        """Bring back what is lost at this look and was at the one before; how many runs that were. Raises StoreError.

        Between two of its places a run is for a moment in none.
        """
        orphans, runless = await self._orphans(), await self._runless()
        suspects = {("run", each.run) for each in orphans} | {("occurrence", run) for run in runless}
        again, self._suspects = suspects & self._suspects, frozenset(suspects)
        await self._resume([each for each in orphans if ("run", each.run) in again])
        for run, (occurrence, attempt) in runless.items():
            if ("occurrence", run) in again:
                await self._run_again(occurrence, attempt)
        if again:
            log.warning("digest_runs_lost", count=len(again))
        return len(again)

    async def _orphans(self) -> list[Filed]:
        """Runs that somebody is at who is not: another life of this process, or a replica nobody remembers."""
        pending, here = await self._workflows.pending(), self._running()
        known = await self._parts.store.replicas.known()
        return [
            each
            for each in pending
            if (each.run not in here if each.executor == self._parts.executor else each.executor not in known)
        ]

    async def _resume(self, orphans: list[Filed]) -> None:
        if current := [str(each.run) for each in orphans if each.current]:
            await self._workflows.resume(current)
        if others := [each.run for each in orphans if not each.current]:
            await self._workflows.cancel(others)  # the occurrence gets another run, which somebody knows the steps of

    async def _runless(self) -> dict[RunId, tuple[Occurrence, int]]:
        """Occurrences with nobody to bring them to an end, by their latest run, each with how many it has had."""
        before = self._parts.clock() - self._patience.after
        found = await self._parts.store.ledger.unfinished(before, AT_ONCE)
        tries = [RunId(each.number, each.due, each.attempt + more) for each in found for more in range(TRIES)]
        coming: set[tuple[int, int]] = set()
        latest: dict[tuple[int, int], int] = {}
        for filed in await self._workflows.filed(tries):
            key = filed.run.number, filed.run.due
            latest[key] = max(latest.get(key, 0), filed.run.attempt)
            if filed.comes:
                coming.add(key)
        return {
            RunId(each.number, each.due, attempt): (each, attempt)
            for each in found
            if (key := (each.number, each.due)) not in coming
            for attempt in [max(latest.get(key, 0), each.attempt)]
        }

    async def _run_again(self, lost: Occurrence, attempt: int) -> None:
        run = RunId(lost.number, lost.due, attempt)
        digest = await self._parts.store.digests.get(lost.number)
        if digest is None:
            return
        newest = await self._parts.store.ledger.of(lost.number, 1)
        if lost.state is not OccurrenceState.SENDING and newest and newest[0].due > lost.due:
            await self._parts.cancel(run, LOST)
        elif attempt >= MOST:
            await self._parts.fail(run, LOST)
        else:

            def put(connection: Any, occurrence: Occurrence) -> None:
                self._workflows.put(connection, RunId(lost.number, lost.due, occurrence.attempt), digest)

            await self._parts.store.ledger.run_again(lost, attempt + 1, put)
