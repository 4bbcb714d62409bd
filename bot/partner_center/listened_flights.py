"""Identical requests, sent once while they are in flight.

Each caller that waits has the progress.
"""

from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from bot.concurrency.single_flight import SingleFlight
from bot.errors import DeadlineError
from bot.partner_center.page_fetcher import Progress

Answer = TypeVar("Answer")


class ListenedFlights(Generic[Answer]):
    """Joins identical requests, see `SingleFlight`.

    A caller that joins late is notified of the rest of the progress.
    """

    def __init__(self) -> None:
        self._flights: SingleFlight[Answer] = SingleFlight(overdue=DeadlineError)
        self._listeners: dict[Hashable, list[Progress]] = {}

    async def join(
        self, key: Hashable, progress: Progress | None, start: Callable[[Progress], Awaitable[Answer]]
    ) -> Answer:
        """Return the result of the running request with this key.

        `start` is called to begin it if there is none, with what reports its progress.
        """
        listeners = self._listeners.setdefault(key, [])
        if progress is not None:
            listeners.append(progress)

        def report(done: int, every: int | None) -> None:
            for listener in tuple(listeners):
                listener(done, every)

        try:
            return await self._flights.join(key, lambda: start(report))
        finally:
            if progress is not None:
                listeners.remove(progress)
            if not listeners and self._listeners.get(key) is listeners:
                del self._listeners[key]
