"""Cache the state of the runs of this process.

This saves reading what was just written. The cache may be out of date. Every change is a compare-and-set in the ledger,
which decides. Depends on the store.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Unpack

from cachetools import LRUCache

from bot.digests.runs.run_id import RunId
from bot.store.digests.digest_record import Digest
from bot.store.digests.occurrence import Occurrence, OccurrenceChanges, OccurrenceState
from bot.store.store import Store
from bot.usage.kinds.kind_answer import KindAnswer
from bot.usage.usage_answer import UsageAnswer

# Several times the number of runs in progress at once.
REMEMBERED = 500


@dataclass(slots=True)
class RunState:
    """An occurrence and its digest; `digest` is None if it has just been deleted.

    The results of the last step are kept unencrypted if this process made them: `answer`, then `drawn` and `totals`.
    """

    occurrence: Occurrence
    digest: Digest | None
    answer: UsageAnswer | KindAnswer | None = None
    drawn: bytes | None = None
    totals: bytes | None = None


class RunStates:
    """The cached states.

    Methods raise StoreError if they have to read the store and it fails.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: LRUCache[RunId, RunState] = LRUCache(REMEMBERED)

    async def of(self, run: RunId, *, fresh: bool = False) -> RunState | None:
        """Return the state of a run.

        None if the occurrence was deleted or a later attempt has started. `fresh`: read the store, not the cache.
        """
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
        """Set the state to `to` with `changes` if it is in `frm`; return True if it was."""
        known = self._known.pop(run, None)  # in both cases the cached state is outdated
        done = await self._store.ledger.advance(run.number, run.due, frm, to, **changes)
        if done and known is not None:
            known.occurrence = replace(known.occurrence, state=to, **changes)
            self._known[run] = known
        return done

    def forget(self, run: RunId) -> None:
        """Drop a run from the cache: it is over, or another replica may process it."""
        self._known.pop(run, None)
