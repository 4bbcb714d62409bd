"""The queue of runs, for its clients: enqueue, take over, list and delete runs."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from dbos import DBOSClient, EnqueueOptions
from dbos import DBOSPortableJSONSerializer as Serializer

from bot.digests.runs.run_id import RunId
from bot.digests.scheduler.dbos_pickles import refuse_pickles
from bot.errors import StoreError
from bot.store.digests.digest_record import Digest

NAME = "usagebot"
# A process runs only what was enqueued for its own version. Change it when the steps of a run change, or what they read
# of each other's results; not with every release.
VERSION = "digests-2"
QUEUE = "digests"
WORKFLOW = "digest"

UNDER_WAY = ("PENDING", "ENQUEUED", "DELAYED")
# The run was in progress during so many crashes that it may be their cause.
CRASHED = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
OVER = ("SUCCESS", "ERROR", "CANCELLED", CRASHED)
BATCH = 500

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class QueuedRun:
    """A run as the queue stores it.

    `executor` is the replica that runs it or ran it last. `current`: it was enqueued for this VERSION.
    """

    run: RunId
    status: str
    executor: str
    current: bool

    @property
    def comes(self) -> bool:
        """Return True if the run is in progress or will be.

        This needs a replica of its version, because the steps of other versions differ.
        """
        return self.current and self.status in UNDER_WAY


class RunQueue:
    """Client of the queue.

    `url` is the URL of the database for a synchronous driver. All methods except `put` and `close` raise StoreError if
    the queue fails.
    """

    def __init__(self, url: str) -> None:
        refuse_pickles()
        self._client = DBOSClient(
            system_database_url=url,
            serializer=Serializer(),
            application_name=NAME,
            lazy=True,
            retry_connection_errors=False,
        )

    def put(self, connection: Any, run: RunId, digest: Digest) -> None:
        """Enqueue a run within the caller's transaction.

        A run that has been enqueued before is not changed.
        """
        self._client.enqueue_in_transaction(connection, _options(run, digest), run.number, run.due, run.attempt)

    async def put_later(self, run: RunId, digest: Digest, seconds: float) -> None:
        """Enqueue a run that starts in `seconds`.

        It uses no worker slot until then.
        """
        options = _options(run, digest)
        options["delay_seconds"] = seconds
        await self._do(self._client.enqueue, options, run.number, run.due, run.attempt)

    async def take_over(self, executor: str) -> int:
        """Put the runs of `executor` that are in progress back into the queue.

        Returns how many there were.
        """
        return await self._each(self.resume, status=["PENDING"], executor_id=executor)

    async def resume(self, ids: Sequence[str]) -> None:
        """Put these runs back into the queue unless they are over."""
        await self._do(self._client.resume_workflows, list(ids), queue_name=QUEUE)

    async def cancel(self, runs: Collection[RunId]) -> None:
        """Cancel these runs."""
        await self._do(self._client.cancel_workflows, [str(run) for run in runs])

    async def pending(self) -> list[QueuedRun]:
        """Return the runs that a replica is processing, or was processing when it crashed.

        While a run is pending, no other run of its conversation starts.
        """
        return await self._filed(status=["PENDING"])

    async def filed(self, runs: Collection[RunId]) -> list[QueuedRun]:
        """Return those of `runs` that have ever been enqueued."""
        return await self._filed(workflow_ids=[str(run) for run in runs]) if runs else []

    async def purge(self, before: float) -> int:
        """Delete runs that were enqueued before `before` (Unix seconds) and are over.

        Returns how many were deleted.
        """
        end = datetime.fromtimestamp(before, UTC).isoformat()

        async def delete(ids: Sequence[str]) -> None:
            await self._do(self._client.delete_workflows, list(ids))

        return await self._each(delete, status=list(OVER), end_time=end)

    async def close(self) -> None:
        """Close the database connections."""
        await asyncio.to_thread(self._client.destroy)

    async def _filed(self, **which: Any) -> list[QueuedRun]:
        found = await self._do(self._client.list_workflows, name=WORKFLOW, load_input=False, load_output=False, **which)
        runs = ((RunId.read(each.workflow_id), each) for each in found)
        return [
            QueuedRun(run, each.status, each.executor_id or "", each.app_version == VERSION)
            for run, each in runs
            if run is not None
        ]

    async def _each(self, change: Callable[[Sequence[str]], Awaitable[None]], **which: Any) -> int:
        """Call `change` with the runs that match, batch by batch; return how many there were.

        Those that match unchanged are passed over: they must not keep this from the others, or from its end.
        """
        seen: set[str] = set()
        unchanged = 0
        while ids := await self._ids(offset=unchanged, **which):
            if fresh := [each for each in ids if each not in seen]:
                await change(fresh)
            unchanged += len(ids) - len(fresh)
            seen.update(fresh)
        return len(seen)

    async def _ids(self, **which: Any) -> list[str]:
        found = await self._do(
            self._client.list_workflows, name=WORKFLOW, limit=BATCH, load_input=False, load_output=False, **which
        )
        return [each.workflow_id for each in found]

    async def _do(self, call: Callable[..., Result], *args: Any, **options: Any) -> Result:
        try:
            return await asyncio.to_thread(call, *args, **options)
        except Exception as error:  # noqa: BLE001  # DBOS passes on the database's errors, which can be of any type
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
