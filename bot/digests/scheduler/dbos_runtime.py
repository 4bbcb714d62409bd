"""DBOS behind one class: runs that survive a crash, in the database of the store. With `workflows` the only importer.

Checkpoints are stored in clear: they hold numbers of digests, times and single words, nothing else. Nothing is sent
to anybody: no conductor, no telemetry. https://docs.dbos.dev/python/reference/configuration
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
from bot.digests.scheduler.dbos_queue import NAME, QUEUE, VERSION, WORKFLOW
from bot.errors import StoreError
from bot.store.database.operator_messages import LACKS_A_RIGHT, explain

# So often a run is taken up after a crash until it is left alone: it may be what makes the process crash.
RECOVERIES = 20

# What a run does; it acts in steps only, and decides by their words only.
Script = Callable[[Checkpoint], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """`runs` at a time in this process; every `poll` seconds the free ones are filled."""

    runs: int = 64
    poll: float = 0.25


class DbosRuntime:
    """Runs `script` for whatever is enqueued: several at a time, of one conversation one at a time.

    DBOS allows one of itself in a process, so one of these is started at a time; after `stop` another may be.
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
        """What this process is at."""
        return frozenset(self._running.values())

    async def start(self) -> None:
        """Take up what was interrupted here, then what is enqueued. Steps run on the loop this is called on.

        Raises StoreError; it is to be stopped also then.
        """
        quiet()
        self._stopping = False
        try:
            await self._launch()
        except Exception as error:  # noqa: BLE001  # the database's errors come through as they are, of any kind
            raise StoreError(f"the queue of digests cannot be opened in the database: {_why(error)}") from None

    async def _launch(self) -> None:
        DBOS(config=self._config())
        DBOS.workflow(name=WORKFLOW, max_recovery_attempts=RECOVERIES)(self._workflow())
        DBOS.launch()  # it takes the running loop for its own, so it cannot be put into a thread
        await DBOS.register_queue_async(
            QUEUE,
            worker_concurrency=self._slots.runs,
            partition_concurrency=1,
            polling_interval_sec=self._slots.poll,
            on_conflict="always_update",
        )

    async def stop(self, seconds: float) -> None:
        """Let steps under way end, for so many seconds; runs that are not over stay pending."""
        self._stopping = True
        await self._end(seconds)
        # It joins threads that may wait for this very loop.
        with ThreadPoolExecutor(1, "dbos-destroy") as thread:
            await asyncio.get_running_loop().run_in_executor(thread, _destroy)
        await self._end(0)  # those that were begun meanwhile
        # DBOS has made its own threads the loop's, and has ended them.
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
            "scheduler_polling_interval_sec": 3600.0,  # nothing is scheduled in DBOS
            # No run waits for a notification, so a look asks no database; `stop` waits for the look to end.
            "notification_listener_polling_interval_sec": 0.1,
        }

    def _workflow(self) -> Callable[[int, int, int], Awaitable[str]]:
        async def digest(number: int, due: int, attempt: int) -> str:
            async def checkpoint(name: str, step: Step, *words: str) -> str:
                if self._stopping:
                    raise asyncio.CancelledError  # whoever takes up the run goes on from here
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
