"""Identical questions in flight are asked once. Knows nothing of what is asked."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class SingleFlight(Generic[Answer]):
    """Runs one task for all who ask with the same key at the same time; nothing is kept once it has ended."""

    def __init__(self) -> None:
        self._flights: dict[Hashable, _Flight[Answer]] = {}

    async def join(self, key: Hashable, start: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer of the flight with that key; `start` makes it where there is none.

        Raises what the flight raised. Who is cancelled leaves; the last one who leaves ends the flight.
        """
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = _Flight(asyncio.ensure_future(_run(start)))
            flight.task.add_done_callback(lambda _: self._land(key, flight))
        flight.riders += 1
        try:
            await asyncio.wait({flight.task})
        finally:
            flight.riders -= 1
            if not flight.riders and not flight.task.done():
                self._land(key, flight)  # at once: nobody may board what is going down
                flight.task.cancel()
        return flight.task.result()

    def forget(self, key: Hashable) -> None:
        """Who asks from now on does not join the flight that is under way."""
        self._flights.pop(key, None)

    def _land(self, key: Hashable, flight: "_Flight[Answer]") -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
        if flight.task.done() and not flight.task.cancelled():
            flight.task.exception()  # looked at, even where everybody has left: no complaint about it in the log


class _Flight(Generic[Answer]):
    def __init__(self, task: "asyncio.Future[Answer]") -> None:
        self.task = task
        self.riders = 0


async def _run(start: Callable[[], Awaitable[Answer]]) -> Answer:
    return await start()
