"""Periodic deletion of old runs, occurrences and digests. Every replica may do it."""

from collections.abc import Callable

import structlog

from bot.digests.manage.inactive_digests import give_up
from bot.digests.scheduler.dbos_queue import RunQueue
from bot.store.store import Store

log = structlog.get_logger(__name__)

DAY = 86_400.0
EVERY = 3_600.0


class Retention:
    """Keeps runs and occurrences for `days` days, then deletes them.

    Occurrences that still count stay. For inactive digests see `inactive_digests`.
    """

    def __init__(self, store: Store, workflows: RunQueue, clock: Callable[[], float], days: int) -> None:
        self._store = store
        self._workflows = workflows
        self._clock = clock
        self._days = days

    async def tidy(self) -> None:
        """Delete what is older.

        Raises StoreError.
        """
        before = self._clock() - self._days * DAY
        runs, occurrences = await self._workflows.purge(before), await self._store.ledger.purge(before)
        digests = await give_up(self._store.digests, self._clock())
        digests += await self._store.stopped.purge()
        if runs or occurrences or digests:
            log.info("history_purged", runs=runs, occurrences=occurrences, digests=digests)
