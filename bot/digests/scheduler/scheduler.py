"""Run digests: find what is due, run it durably, and coordinate the replicas."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from bot.concurrency.periodic import Periodic
from bot.digests.manage.question_upgrade import EVERY as UPGRADE_EVERY
from bot.digests.manage.question_upgrade import QuestionUpgrade
from bot.digests.manage.signature_upkeep import SignatureUpkeep
from bot.digests.runs import step_result as words
from bot.digests.runs.compose_step import ComposeStep
from bot.digests.runs.fetch_step import FetchStep
from bot.digests.runs.notify_step import NotifyStep
from bot.digests.runs.owner_answer import OwnerAnswers
from bot.digests.runs.record_step import RecordStep
from bot.digests.runs.run_id import RunId
from bot.digests.runs.run_workflow import RunWorkflow, Step
from bot.digests.runs.send_step import SendStep
from bot.digests.runs.step_context import StepContext
from bot.digests.scheduler.dbos_queue import RunQueue
from bot.digests.scheduler.dbos_runtime import DbosRuntime, WorkerSettings
from bot.digests.scheduler.due_poller import DuePoller
from bot.digests.scheduler.lost_runs import LostRunRecovery, RecoverySettings
from bot.digests.scheduler.replica_failover import Heartbeat, ReplicaFailover
from bot.digests.scheduler.retention import EVERY, Retention
from bot.digests.scheduler.waiting_runs import WaitingRuns
from bot.domain.conversation import Caller
from bot.errors import StoreError

log = structlog.get_logger(__name__)

STOP_SECONDS = 20.0


def _alone(_: int) -> None:
    """Do nothing: a single replica has no limits to divide."""


@dataclass(frozen=True, slots=True)
class SchedulerSettings:
    """Settings of the scheduler.

    `history_days` is the number of days for which the outcome of each run is kept.
    """

    slots: WorkerSettings = field(default_factory=WorkerSettings)
    heartbeat: Heartbeat = field(default_factory=Heartbeat)
    strays: RecoverySettings = field(default_factory=RecoverySettings)
    history_days: int = 30


class DigestScheduler:
    """Runs digests; one in a process at a time.

    `parts.executor` is the id of this replica; it must be the same after a restart. Every few seconds `share` is called
    with the number of replicas, by which limits of the tenant are divided.
    """

    def __init__(
        self,
        parts: StepContext,
        fetch: OwnerAnswers,
        settings: SchedulerSettings | None = None,
        share: Callable[[int], None] = _alone,
    ) -> None:
        self._parts = parts
        self._settings = settings or SchedulerSettings()
        self._share = share
        steps: dict[str, Step] = {
            "fetch": FetchStep(parts, fetch),
            "compose": ComposeStep(parts),
            "send": SendStep(parts),
            "record": RecordStep(parts),
        }
        self._tell = NotifyStep(parts)
        self._answers = fetch
        script = RunWorkflow(parts, steps, self._tell, self._put_off)
        self._durable = DbosRuntime(parts.store.sync_url, parts.executor, script, self._settings.slots)
        self._workflows: RunQueue | None = None
        self._waiting: WaitingRuns | None = None
        self._claims: Periodic | None = None
        self._loops: list[Periodic] = []

    async def start(self) -> None:
        """Resume interrupted runs, then poll for due digests.

        Raises StoreError.
        """
        parts = self._parts
        # This comes before the first step of a run: if this process is killed during it, the others must know this
        # replica.
        await parts.store.replicas.beat(parts.executor, parts.clock())
        self._workflows = RunQueue(parts.store.sync_url)
        try:
            await self._durable.start()
        except StoreError:
            await self.stop(0)
            raise
        claimer = DuePoller(parts.store, self._workflows, parts.clock, parts.happened)
        failover = ReplicaFailover(
            parts.store.replicas,
            self._workflows,
            parts.executor,
            parts.clock,
            self._settings.heartbeat,
            self._share,
        )
        strays = LostRunRecovery(
            parts, self._workflows, lambda: self._durable.running, self._settings.strays, self._tell
        )
        self._waiting = waiting = WaitingRuns(parts.store, self._workflows, self._answers.signed_in_since)
        questions = QuestionUpgrade(parts.store.digests, parts.notices)
        signatures = SignatureUpkeep(parts.store, parts.clock)
        history = Retention(parts.store, self._workflows, parts.clock, self._settings.history_days)
        recovery, beats = self._settings.strays, self._settings.heartbeat.every
        self._claims = Periodic("digest claims", claimer.poll, lambda: claimer.wait, failed="digest_claim_failed")
        self._loops = [
            self._claims,
            Periodic("digest heartbeat", failover.beat, beats, failed="heartbeat_failed"),
            Periodic(
                "digest strays",
                strays.look,
                recovery.every,
                failed="lost_run_recovery_failed",
                first_wait=recovery.every,
            ),
            Periodic(
                "digest sign-ins",
                waiting.look,
                recovery.every,
                failed="lost_run_recovery_failed",
                first_wait=recovery.every,
            ),
            Periodic("digest questions", questions.look, UPGRADE_EVERY, failed="digest_question_upgrade_failed"),
            Periodic("digest signatures", signatures.look, UPGRADE_EVERY, failed="digest_signature_upkeep_failed"),
            Periodic("digest history", history.tidy, EVERY, failed="history_purge_failed"),
        ]
        for loop in self._loops:
            loop.start()
        log.info("digests_started", executor=parts.executor)

    async def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Stop claiming, and let running steps end within `seconds`.

        Other replicas or the next start do the rest.
        """
        await asyncio.gather(*(loop.stop() for loop in self._loops))
        self._loops = []
        if self._workflows is None:
            return
        await self._durable.stop(seconds)
        with suppress(StoreError):  # on failure, another replica or the next start notices it by itself
            await self._workflows.take_over(self._parts.executor)
            await self._parts.store.replicas.leave(self._parts.executor)
        await self._workflows.close()
        self._workflows = self._claims = self._waiting = None
        log.info("digests_stopped", executor=self._parts.executor)

    def wake(self) -> None:
        """Poll now, because a digest may be due sooner than before."""
        if self._claims is not None:
            self._claims.wake()

    async def signed_in(self, caller: Caller) -> None:
        """Resume the runs that wait for this caller's sign-in.

        Raises StoreError if the store fails for long. Then, and if the scheduler does not run, a search resumes them.
        """
        if (waiting := self._waiting) is not None:
            await waiting.signed_in(caller)

    async def _put_off(self, run: RunId, word: str) -> str:
        """Enqueue the next attempt of a run whose step returned `words.again`."""
        digest = await self._parts.store.digests.get(run.number)
        if digest is not None and self._workflows is not None:
            await self._workflows.put_later(run.next, digest, words.wait_of(word) or 0.0)
        return words.OVER
