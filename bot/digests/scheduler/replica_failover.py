"""Send heartbeats, and take over the runs of a replica whose heartbeats stop.

Exactly one of the other replicas takes them over.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.digests.scheduler.dbos_queue import RunQueue
from bot.store.replicas import Replicas

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The interval of heartbeats and the limit for them, in seconds.

    A replica without a heartbeat `within` this limit is considered dead.
    The clocks of the replicas must differ by less than that.
    """

    every: float = 5.0
    within: float = 20.0


class ReplicaFailover:
    """Sends heartbeats and takes over runs of dead replicas.

    After each heartbeat, `share` is called with the number of replicas that are alive, including this one.
    """

    def __init__(
        self,
        replicas: Replicas,
        workflows: RunQueue,
        executor: str,
        clock: Callable[[], float],
        heartbeat: Heartbeat,
        share: Callable[[int], None],
    ) -> None:
        self._replicas = replicas
        self._workflows = workflows
        self._executor = executor
        self._clock = clock
        self._heartbeat = heartbeat
        self._share = share
        self._known = False
        self._suspects: frozenset[str] = frozenset()

    async def beat(self) -> None:
        """Send one heartbeat and check the other replicas.

        Raises StoreError.
        """
        now, within = self._clock(), self._heartbeat.within
        if not await self._replicas.beat(self._executor, now) and self._known:
            # Another replica has taken over its runs. The ledger prevents those that continue here from sending twice.
            log.warning("replica_considered_dead", executor=self._executor)
        self._known = True
        self._share(max(1, len(await self._replicas.living(now, within))))
        dead = frozenset(await self._replicas.dead(now, within))
        # Only replicas that were dead in two checks: after a jump of this clock the others look dead until their next
        # heartbeat.
        for executor in sorted(dead & self._suspects):
            await self._adopt(executor)
        self._suspects = dead

    async def _adopt(self, executor: str) -> None:
        if not await self._replicas.adopt(executor, self._executor, self._clock(), self._heartbeat.within):
            return
        runs = await self._workflows.take_over(executor)
        await self._replicas.adopted(executor, self._executor)
        log.warning("replica_taken_over", executor=executor, by=self._executor, runs=runs)
