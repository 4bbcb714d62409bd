"""Run identical requests once while they are in flight.

Independent of what is requested.

A request that joins another late would share its end: with a limit of 60 seconds, one that joins after 55
would fail after 5, as too slow. So it starts another then, for as long as it came later.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class SingleFlight(Generic[Answer]):
    """Runs one task for all callers that join with the same key at the same time.

    The result is not kept after the task has ended. `overdue` is what a task raises whose time is over.
    """

    def __init__(self, overdue: type[Exception] | tuple[type[Exception], ...] = ()) -> None:
        self._flights: dict[Hashable, _Flight[Answer]] = {}
        self._overdue = overdue

    async def join(self, key: Hashable, start: Callable[[], Awaitable[Answer]]) -> Answer:
        """Return the result of the running task with this key.

        Call `start` to create it if there is none. Raises what the task raised. If one caller is cancelled, the task
        continues for the others. If the last caller is cancelled, the task is cancelled too. A caller that joined late
        waits as long as the first one, for another task if the time of the first task is over.
        """
        joined = asyncio.get_running_loop().time()
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = _Flight(asyncio.ensure_future(_run(start)), joined)
            flight.task.add_done_callback(lambda _: self._land(key, flight))
        try:
            return await self._ride(key, flight)
        except self._overdue:
            if (missed := joined - flight.since) <= 0:
                raise
            try:
                async with asyncio.timeout(missed) as limit:
                    return await self.join(key, start)
            except TimeoutError:
                if not limit.expired():
                    raise
            raise

    def forget(self, key: Hashable) -> None:
        """Detach the running task from `key`.

        A caller that joins from now on starts a new task.
        """
        self._flights.pop(key, None)

    async def _ride(self, key: Hashable, flight: "_Flight[Answer]") -> Answer:
        flight.riders += 1
        try:
            await asyncio.wait({flight.task})
        finally:
            flight.riders -= 1
            if not flight.riders and not flight.task.done():
                self._land(key, flight)  # before the cancel, so that no new caller joins a task that is being cancelled
                flight.task.cancel()
        return flight.task.result()

    def _land(self, key: Hashable, flight: "_Flight[Answer]") -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
        if flight.task.done() and not flight.task.cancelled():
            flight.task.exception()  # mark as retrieved: without a caller left, asyncio would log an error about it


class _Flight(Generic[Answer]):
    def __init__(self, task: "asyncio.Future[Answer]", since: float) -> None:
        self.task = task
        self.since = since
        self.riders = 0


async def _run(start: Callable[[], Awaitable[Answer]]) -> Answer:
    return await start()
