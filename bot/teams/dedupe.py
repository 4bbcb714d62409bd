"""Each activity is handled once. Pure but for the clock it is given.

Teams sends an activity again when it believes the first one was lost; the second gets the first one's reply.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back over HTTP: `body` is JSON."""

    status: int
    body: bytes | None = None


class Once:
    """Remembers the last `limit` activities for `seconds`: under way as a task, then as its reply."""

    def __init__(self, *, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._known: OrderedDict[Hashable, tuple[float, asyncio.Task[Reply] | Reply]] = OrderedDict()

    def reply(self, key: Hashable, start: Callable[[], asyncio.Task[Reply]]) -> asyncio.Task[Reply] | Reply:
        """What was made of `key` before, or what `start` makes of it now. A task that fails is forgotten."""
        known = self._known.get(key)
        if known is not None and self._clock() < known[0]:
            return known[1]
        task = start()
        until = self._clock() + self._seconds
        self._known[key] = (until, task)
        self._known.move_to_end(key)
        while len(self._known) > self._limit:
            self._known.popitem(last=False)
        task.add_done_callback(lambda done: self._finish(key, done))
        return task

    def _finish(self, key: Hashable, task: asyncio.Task[Reply]) -> None:
        known = self._known.get(key)
        if known is None or known[1] is not task:
            return
        if task.cancelled() or task.exception() is not None:
            del self._known[key]
        else:
            self._known[key] = (known[0], task.result())


class Greeted:
    """The conversations that had their welcome: Teams announces one installation in two activities."""

    def __init__(self, *, limit: int = 10_000, seconds: float = 3_600.0, clock: Callable[[], float] = time.monotonic):
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._until: OrderedDict[str, float] = OrderedDict()

    def first(self, conversation_id: str) -> bool:
        """Whether this conversation has not been greeted lately; from now on it has."""
        if self._clock() < self._until.get(conversation_id, 0.0):
            return False
        self._until[conversation_id] = self._clock() + self._seconds
        self._until.move_to_end(conversation_id)
        while len(self._until) > self._limit:
            self._until.popitem(last=False)
        return True

    def forget(self, conversation_id: str) -> None:
        """The bot was removed: who adds it again is greeted again."""
        self._until.pop(conversation_id, None)
