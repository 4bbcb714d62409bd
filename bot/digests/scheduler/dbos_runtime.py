"""Wrap DBOS: runs that survive a crash, stored in the database of the bot.

Only this module, `dbos_queue` and `dbos_pickles` import DBOS. Checkpoints are stored unencrypted: they hold numbers of
digests, times and step results, nothing else. Nothing is sent to a third party: no conductor, no telemetry.
https://docs.dbos.dev/python/reference/configuration
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from dbos import DBOS, DBOSConfig, StepOptions
from dbos import DBOSPortableJSONSerializer as Serializer

from bot.digests.runs.run_id import RunId
from bot.digests.runs.run_workflow import Checkpoint, Step
from bot.digests.scheduler.dbos_logging import quiet
from bot.digests.scheduler.dbos_pickles import refuse_pickles
from bot.digests.scheduler.dbos_queue import NAME, QUEUE, VERSION, WORKFLOW
from bot.errors import StoreError
from bot.store.database.operator_messages import LACKS_A_RIGHT, explain

# A run is recovered this many times after crashes, then abandoned: it may be the cause of the crashes.
RECOVERIES = 20

# What a run does. It acts in steps only, and decides by their results only.
Script = Callable[[Checkpoint], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """How many runs a process works on.

    `runs` at the same time in this process; every `poll` seconds free slots are filled.
    """

    runs: int = 64
    poll: float = 0.25


class DbosRuntime:
    """Runs `script` for every enqueued run.

    Several run at the same time, but only one of each conversation.
    DBOS allows one instance of itself in a process, so start one `DbosRuntime` at a time. After `stop` another one may
    be started.
    """

    def __init__(self, url: str, executor: str, script: Script, slots: WorkerSettings) -> None:
        self._url = url
        self._executor = executor
        self._script = script
        self._slots = slots
        self._running: dict[asyncio.Task[Any], RunId] = {}
        self._stopping = False

    @property
    def running(self) -> frozenset[RunId]:
        """Return the runs that this process is working on."""
        return frozenset(self._running.values())

    async def start(self) -> None:
        """Resume the interrupted runs of this executor, then process the queue.

        Steps run on the loop that calls this. Raises StoreError if the queue cannot be opened; call `stop` in this case
        too.
        """
        quiet()
        refuse_pickles()
        self._stopping = False
        try:
            await self._launch()
        except Exception as error:  # noqa: BLE001  # DBOS passes on the database's errors, which can be of any type
            raise StoreError(f"the queue of digests cannot be opened in the database: {_why(error)}") from None

    async def _launch(self) -> None:
        DBOS(config=self._config())
        DBOS.workflow(name=WORKFLOW, max_recovery_attempts=RECOVERIES)(self._workflow())
        DBOS.launch()  # it uses the running loop as its own, so it cannot run in a thread
        await DBOS.register_queue_async(
            QUEUE,
            worker_concurrency=self._slots.runs,
            partition_concurrency=1,
            polling_interval_sec=self._slots.poll,
            on_conflict="always_update",
        )

    async def stop(self, seconds: float) -> None:
        """Let running steps end within `seconds`. Runs that are not over stay pending."""
        self._stopping = True
        await self._end(seconds)
        # It joins threads that may wait for this very loop.
        with ThreadPoolExecutor(1, "dbos-destroy") as thread:
            await asyncio.get_running_loop().run_in_executor(thread, _destroy)
        await self._end(0)  # runs that were started meanwhile
        # DBOS has set its own executor as the loop's default executor, and has shut it down.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(thread_name_prefix="asyncio"))

    async def _end(self, seconds: float) -> None:
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        for task in tuple(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _config(self) -> DBOSConfig:
        return {
            "name": NAME,
            "system_database_url": self._url,
            "serializer": Serializer(),
            "application_version": VERSION,
            "executor_id": self._executor,
            "enable_otlp": False,
            "log_level": "WARNING",
            "use_listen_notify": False,
            "scheduler_polling_interval_sec": 3600.0,  # DBOS has no scheduled workflows here
            # No run waits for a notification, so polling sends no query. `stop` waits for one poll to end.
            "notification_listener_polling_interval_sec": 0.1,
        }

    def _workflow(self) -> Callable[[int, int, int], Awaitable[str]]:
        async def digest(number: int, due: int, attempt: int) -> str:
            async def checkpoint(name: str, step: Step, *words: str) -> str:
                if self._stopping:
                    raise asyncio.CancelledError  # the replica that takes over the run continues from this step
                return await DBOS.run_step_async(StepOptions(name=name), step, run, *words)

            run = RunId(number, due, attempt)
            if (task := asyncio.current_task()) is not None:
                self._running[task] = run
                task.add_done_callback(self._running.pop)
            return await self._script(checkpoint)

        return digest


def _why(error: Exception) -> str:
    why = explain(error)
    return f"{why}; it makes a schema of its own, `dbos`" if why == LACKS_A_RIGHT else why


def _destroy() -> None:
    DBOS.destroy(destroy_registry=True)
