"""A background loop that repeats one piece of work.

Independent of what the work is.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.errors import StoreError

log = structlog.get_logger(__name__)

# Is called each time; its result is ignored.
Work = Callable[[], Awaitable[object]]
# Returns when the event is set, or after that many seconds.
Wait = Callable[[asyncio.Event, float], Awaitable[None]]


async def wait_for_event(event: asyncio.Event, seconds: float) -> None:
    """Return when `event` is set, at the latest after `seconds`."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass


class Periodic:
    """Runs `work` at once and then every `every` seconds, or sooner if it is woken.

    An error of `work` is logged as the event `failed`, and the loop continues: if it ended silently, its work would
    stop unnoticed. `name` is the name of the task. `every` may be a function that is called each time. `first_wait` is
    the delay before the first run in seconds.
    """

    def __init__(
        self,
        name: str,
        work: Work,
        every: float | Callable[[], float],
        *,
        failed: str,
        first_wait: float = 0.0,
        wait: Wait = wait_for_event,
    ) -> None:
        self._name = name
        self._work = work
        self._every = every if callable(every) else lambda: every
        self._failed = failed
        self._first_wait = first_wait
        self._wait = wait
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start the loop on the running event loop, unless it is running already."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name=self._name)

    def wake(self) -> None:
        """Run `work` at once; if it is running, once more after that."""
        self._woken.set()

    async def stop(self) -> None:
        """End the loop, and cancel `work` if it is running. The loop may be started again."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _run(self) -> None:
        if self._first_wait:
            await self._wait(self._woken, self._first_wait)
        while True:
            self._woken.clear()  # before the work, so that a wake-up during the work is not lost
            await self._once()
            await self._wait(self._woken, self._every())

    async def _once(self) -> None:
        try:
            await self._work()
        except StoreError as error:
            log.error(self._failed, problem=str(error))  # noqa: TRY400  # the text says everything
        except Exception as error:  # noqa: BLE001  # its text may name a customer
            log.error(self._failed, problem=type(error).__name__)  # noqa: TRY400
