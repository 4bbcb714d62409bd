"""Heartbeats, and taking over from a replica that has none any more: exactly one of the others does."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.digests.scheduler.dbos_queue import RunQueue
from bot.store.replicas import Replicas

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A beat every so many seconds; who has had none `within` so many is taken for dead. Replicas' clocks agree
    better than that."""

    every: float = 5.0
    within: float = 20.0


class ReplicaFailover:
    """`share` hears after each beat how many replicas live, this one included."""

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
        """One heartbeat, and a look at the others. Raises StoreError."""
        now, within = self._clock(), self._heartbeat.within
        if not await self._replicas.beat(self._executor, now) and self._known:
            # Its runs go on elsewhere; the ledger keeps those that go on here too from sending twice.
            log.warning("taken_for_dead", executor=self._executor)
        self._known = True
        self._share(max(1, len(await self._replicas.living(now, within))))
        dead = frozenset(await self._replicas.dead(now, within))
        # Seen dead twice: after a jump of this clock the others look dead until they have beaten once more.
        for executor in sorted(dead & self._suspects):
            await self._adopt(executor)
        self._suspects = dead

    async def _adopt(self, executor: str) -> None:
        if not await self._replicas.adopt(executor, self._executor, self._clock(), self._heartbeat.within):
            return
        runs = await self._workflows.take_over(executor)
        await self._replicas.adopted(executor, self._executor)
        log.warning("replica_adopted", executor=executor, by=self._executor, runs=runs)
