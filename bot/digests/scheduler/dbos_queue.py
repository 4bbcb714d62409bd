"""The queue of runs, as seen from outside of them: put in, taken over, looked at, thrown away."""

import asyncio
import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from dbos import DBOSClient, EnqueueOptions
from dbos import DBOSPortableJSONSerializer as Serializer

from bot.digests.runs.run_id import RunId
from bot.errors import StoreError
from bot.store.digests.digest_record import Digest

NAME = "usagebot"
# A process runs what was enqueued for its own version only: changes when the steps of a run, or what
# they read of each other, do; not with releases.
VERSION = "digests-2"
QUEUE = "digests"
WORKFLOW = "digest"

UNDER_WAY = ("PENDING", "ENQUEUED", "DELAYED")
# It was under way in so many crashes that it may be what makes processes crash.
CRASHED = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
OVER = ("SUCCESS", "ERROR", "CANCELLED", CRASHED)
BATCH = 500

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class QueuedRun:
    """A run as the queue knows it. `executor` is who runs it, or ran it last; `current`: of this version."""

    run: RunId
    status: str
    executor: str
    current: bool

    @property
    def comes(self) -> bool:
        """Whether it is running or will be: somebody is there who knows its steps."""
        return self.current and self.status in UNDER_WAY


class RunQueue:
    """`url` is the database's for a synchronous driver. All but `put` and `close` raise StoreError."""

    def __init__(self, url: str) -> None:
        self._client = DBOSClient(
            system_database_url=url,
            serializer=Serializer(),
            application_name=NAME,
            lazy=True,
            retry_connection_errors=False,
        )

    def put(self, connection: Any, run: RunId, digest: Digest) -> None:
        """Enqueue within somebody's transaction; a run that has been enqueued before stays as it is."""
        self._client.enqueue_in_transaction(connection, _options(run, digest), run.number, run.due, run.attempt)

    async def put_later(self, run: RunId, digest: Digest, seconds: float) -> None:
        """Enqueue it for then. Does not hold one of the places of runs under way meanwhile."""
        options = _options(run, digest)
        options["delay_seconds"] = seconds
        await self._do(self._client.enqueue, options, run.number, run.due, run.attempt)

    async def take_over(self, executor: str) -> int:
        """Put what `executor` was at back into the queue; how many runs that were."""
        found: list[str] = []
        while batch := [
            each for each in await self._ids(status=["PENDING"], executor_id=executor) if each not in found
        ]:
            await self.resume(batch)
            found += batch
        return len(found)

    async def resume(self, ids: Sequence[str]) -> None:
        """Put these back into the queue unless they are over."""
        await self._do(self._client.resume_workflows, list(ids), queue_name=QUEUE)

    async def cancel(self, runs: Collection[RunId]) -> None:
        """Have these run no more."""
        await self._do(self._client.cancel_workflows, [str(run) for run in runs])

    async def pending(self) -> list[QueuedRun]:
        """What somebody is at, or was when they died. While one is, no other of its conversation begins."""
        return await self._filed(status=["PENDING"])

    async def filed(self, runs: Collection[RunId]) -> list[QueuedRun]:
        """Those of these runs that have ever been enqueued."""
        return await self._filed(workflow_ids=[str(run) for run in runs]) if runs else []

    async def purge(self, before: float) -> int:
        """Throw away what was enqueued before then and is over; how many that were."""
        end = datetime.fromtimestamp(before, UTC).isoformat()
        thrown = 0
        while ids := await self._ids(status=list(OVER), end_time=end):
            await self._do(self._client.delete_workflows, ids)
            thrown += len(ids)
        return thrown

    async def close(self) -> None:
        """Give the connections back."""
        await asyncio.to_thread(self._client.destroy)

    async def _filed(self, **which: Any) -> list[QueuedRun]:
        found = await self._do(self._client.list_workflows, name=WORKFLOW, load_input=False, load_output=False, **which)
        runs = ((RunId.read(each.workflow_id), each) for each in found)
        return [
            QueuedRun(run, each.status, each.executor_id or "", each.app_version == VERSION)
            for run, each in runs
            if run is not None
        ]

    async def _ids(self, **which: Any) -> list[str]:
        found = await self._do(
            self._client.list_workflows, name=WORKFLOW, limit=BATCH, load_input=False, load_output=False, **which
        )
        return [each.workflow_id for each in found]

    async def _do(self, call: Callable[..., Result], *args: Any, **options: Any) -> Result:
        try:
            return await asyncio.to_thread(call, *args, **options)
        except Exception as error:  # noqa: BLE001  # the database's errors come through as they are, of any kind
            raise StoreError(f"the queue of digests failed: {type(error).__name__}") from None


def _options(run: RunId, digest: Digest) -> EnqueueOptions:
    conversation = f"{digest.tenant_id}|{digest.conversation_id}"
    return {
        "workflow_name": WORKFLOW,
        "queue_name": QUEUE,
        "workflow_id": str(run),
        "app_version": VERSION,
        "queue_partition_key": hashlib.sha256(conversation.encode()).hexdigest()[:32],
    }
