"""Those who wait for a turn in one tenant. Knows asyncio's futures; what is a limit is decided in `pace`."""

import asyncio
from collections import deque
from heapq import heappop, heappush

from bot.teams.proactive.rate_window import SentTimes

Waiter = tuple[int, "asyncio.Future[float]"]


class SendQueue:
    """One queue for each conversation. Its head stands among the `ready`, or rests until a moment, or is parked until
    a message that is under way has arrived. `begun` is when the tenant's messages left, `sent` when they arrived.
    """

    def __init__(self) -> None:
        self.begun = SentTimes()
        self.sent = SentTimes()
        self._queues: dict[str, deque[Waiter]] = {}
        self._ready: list[tuple[int, str]] = []
        self._resting: list[tuple[float, int, str]] = []
        self._parked: dict[str, int] = {}

    def __len__(self) -> int:
        return sum(not waiter.done() for queue in self._queues.values() for _, waiter in queue)

    def join(self, conversation_id: str, number: int, waiter: "asyncio.Future[float]") -> None:
        """Wait behind those of the same conversation; a lower `number` came first."""
        queue = self._queues.get(conversation_id)
        if queue is None:
            self._queues[conversation_id] = deque([(number, waiter)])
            heappush(self._ready, (number, conversation_id))
        else:
            queue.append((number, waiter))

    def next(self) -> tuple[str, "asyncio.Future[float]"] | None:
        """The conversation, and who waits in it, that is ready and came first. It is taken out of the ready ones:
        `served`, `rest` or `park` has to follow. None where nobody is ready."""
        while self._ready:
            _, conversation_id = heappop(self._ready)
            queue = self._queues[conversation_id]
            while queue and queue[0][1].done():  # gave up
                queue.popleft()
            if queue:
                return conversation_id, queue[0][1]
            del self._queues[conversation_id]
        return None

    def served(self, conversation_id: str) -> None:
        """The head of the queue has had its turn."""
        queue = self._queues[conversation_id]
        queue.popleft()
        if queue:
            heappush(self._ready, (queue[0][0], conversation_id))
        else:
            del self._queues[conversation_id]

    def ready_again(self, conversation_id: str) -> None:
        """It could not be served after all, for want of the tenant's leave."""
        heappush(self._ready, (self._queues[conversation_id][0][0], conversation_id))

    def rest(self, conversation_id: str, until: float) -> None:
        """Nothing may be sent there before then."""
        heappush(self._resting, (until, self._queues[conversation_id][0][0], conversation_id))

    def park(self, conversation_id: str) -> None:
        """Nothing may be sent there before something has arrived."""
        self._parked[conversation_id] = self._queues[conversation_id][0][0]

    def arrived(self, conversation_id: str) -> bool:
        """Something has; whether somebody waited for that."""
        number = self._parked.pop(conversation_id, None)
        if number is None:
            return False
        heappush(self._ready, (number, conversation_id))
        return True

    def wake(self, now: float) -> float | None:
        """Those whose rest is over are ready; when the next one's is."""
        while self._resting and self._resting[0][0] <= now:
            _, number, conversation_id = heappop(self._resting)
            heappush(self._ready, (number, conversation_id))
        return self._resting[0][0] if self._resting else None

    def wake_all(self) -> None:
        """The limits have changed: everybody looks again."""
        self.wake(float("inf"))
        for conversation_id in tuple(self._parked):
            self.arrived(conversation_id)
