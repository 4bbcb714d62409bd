"""Where a run stands, as the process that is at it remembers: saves reading what it has just written. Knows the store.

What is remembered may be out of date; every change is a compare-and-set in the ledger, which knows.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Unpack

from cachetools import LRUCache

from bot.digests.runs.run_id import RunId
from bot.store.digests.digest_record import Digest
from bot.store.digests.occurrence import Occurrence, OccurrenceChanges, OccurrenceState
from bot.store.store import Store
from bot.usage.usage_answer import UsageAnswer

# Several times as many as are run at once.
REMEMBERED = 500


@dataclass(slots=True)
class RunState:
    """An occurrence and its digest; `digest` is None where it has just been deleted. What the last step made is there
    in clear where this process made it: `answer`, then `drawn` and `totals`."""

    occurrence: Occurrence
    digest: Digest | None
    answer: UsageAnswer | None = None
    drawn: bytes | None = None
    totals: bytes | None = None


class RunStates:
    """Raises StoreError where the store has to be asked and fails."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: LRUCache[RunId, RunState] = LRUCache(REMEMBERED)

    async def of(self, run: RunId, *, fresh: bool = False) -> RunState | None:
        """Where it stands; None where the occurrence is gone, or a later try has taken it. `fresh`: as stored."""
        known = None if fresh else self._known.get(run)
        if known is not None:
            return known
        self.forget(run)
        occurrence = await self._store.ledger.get(run.number, run.due)
        if occurrence is None or occurrence.attempt > run.attempt:
            return None
        known = self._known[run] = RunState(occurrence, await self._store.digests.get(run.number))
        return known

    async def advance(
        self, run: RunId, frm: Collection[OccurrenceState], to: OccurrenceState, **changes: Unpack[OccurrenceChanges]
    ) -> bool:
        """Whether it was in one of the states `frm`, and is in `to` now with the changes."""
        known = self._known.pop(run, None)  # whatever comes of it, it is not as it was
        done = await self._store.ledger.advance(run.number, run.due, frm, to, **changes)
        if done and known is not None:
            known.occurrence = replace(known.occurrence, state=to, **changes)
            self._known[run] = known
        return done

    def forget(self, run: RunId) -> None:
        """It is over, or somebody else may be at it."""
        self._known.pop(run, None)
