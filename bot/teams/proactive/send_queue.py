"""The messages that wait to be sent in one tenant.

The limits themselves are checked in `send_rate`.
"""

import asyncio
from collections import deque
from heapq import heappop, heappush

from bot.teams.proactive.rate_window import SentTimes

Waiter = tuple[int, "asyncio.Future[float]"]


class SendQueue:
    """One queue for each conversation of a tenant.

    The head of a queue is either ready, or delayed until a moment, or blocked until the response to a message in flight
    arrives. `begun` holds when the tenant's messages were started, `sent` when their responses arrived.
    """

    def __init__(self) -> None:
        self.begun = SentTimes()
        self.sent = SentTimes()
        self._queues: dict[str, deque[Waiter]] = {}
        self._ready: list[tuple[int, str]] = []
        self._delayed: list[tuple[float, int, str]] = []
        self._blocked: dict[str, int] = {}

    def __len__(self) -> int:
        return sum(not waiter.done() for queue in self._queues.values() for _, waiter in queue)

    def join(self, conversation_id: str, number: int, waiter: "asyncio.Future[float]") -> None:
        """Queue `waiter` behind the others of its conversation.

        The lower `number` came first.
        """
        queue = self._queues.get(conversation_id)
        if queue is None:
            self._queues[conversation_id] = deque([(number, waiter)])
            heappush(self._ready, (number, conversation_id))
        else:
            queue.append((number, waiter))

    def next(self) -> tuple[str, "asyncio.Future[float]"] | None:
        """Take the first ready conversation and return it with its first waiter.

        None if none is ready.

        The caller must call `served`, `ready_again`, `delay` or `block` for it afterwards.
        """
        while self._ready:
            _, conversation_id = heappop(self._ready)
            queue = self._queues[conversation_id]
            while queue and queue[0][1].done():  # its task was cancelled
                queue.popleft()
            if queue:
                return conversation_id, queue[0][1]
            del self._queues[conversation_id]
        return None

    def served(self, conversation_id: str) -> None:
        """Remove the head of the queue: it may send now."""
        queue = self._queues[conversation_id]
        queue.popleft()
        if queue:
            heappush(self._ready, (queue[0][0], conversation_id))
        else:
            del self._queues[conversation_id]

    def ready_again(self, conversation_id: str) -> None:
        """Put the message back in the queue: the tenant's rate limit is used up."""
        heappush(self._ready, (self._queues[conversation_id][0][0], conversation_id))

    def delay(self, conversation_id: str, until: float) -> None:
        """Delay the conversation: nothing may be sent there before `until`."""
        heappush(self._delayed, (until, self._queues[conversation_id][0][0], conversation_id))

    def block(self, conversation_id: str) -> None:
        """Block the conversation: nothing may be sent there before a response arrives."""
        self._blocked[conversation_id] = self._queues[conversation_id][0][0]

    def arrived(self, conversation_id: str) -> bool:
        """Note that a response arrived.

        Return True if the conversation was blocked and is ready now.
        """
        number = self._blocked.pop(conversation_id, None)
        if number is None:
            return False
        heappush(self._ready, (number, conversation_id))
        return True

    def wake(self, now: float) -> float | None:
        """Make delayed conversations ready whose time has come.

        Return the next such time, or None.
        """
        while self._delayed and self._delayed[0][0] <= now:
            _, number, conversation_id = heappop(self._delayed)
            heappush(self._ready, (number, conversation_id))
        return self._delayed[0][0] if self._delayed else None

    def wake_all(self) -> None:
        """Make all conversations ready: the limits have changed and are checked again."""
        self.wake(float("inf"))
        for conversation_id in tuple(self._blocked):
            self.arrived(conversation_id)
