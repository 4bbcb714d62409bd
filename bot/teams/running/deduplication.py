"""The deduplication of activities: each one is handled once.

Pure except for the given clock.

Teams sends an activity again if it considers the first one lost. The second one gets the reply to the first.
"""

import asyncio
import time
from collections.abc import Callable

from cachetools import TTLCache

from bot.teams.activity.http_reply import Reply


class Deduplicator:
    """Remembers activities: as a task while the turn runs, then as the reply.

    Each is remembered for `seconds` to twice `seconds`. There are two generations of entries. When the newer one is
    `seconds` old or has `limit` entries, it becomes the older one, which is dropped as a whole; so an entry needs no
    time of its own and leaves no garbage.
    """

    def __init__(self, *, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._new: dict[str, asyncio.Task[Reply] | Reply] = {}
        self._old: dict[str, asyncio.Task[Reply] | Reply] = {}
        self._since = clock()

    def reply(self, key: str, start: Callable[[], asyncio.Task[Reply]]) -> asyncio.Task[Reply] | Reply:
        """Return the task or reply of `key`, or the task that `start` starts now.

        A failed task is forgotten.
        """
        self._rotate()
        known = self._new.get(key) or self._old.get(key)
        if known is not None:
            return known
        task = self._new[key] = start()
        task.add_done_callback(lambda done: self._finish(key, done))
        return task

    def _rotate(self) -> None:
        now = self._clock()
        if now - self._since >= self._seconds or len(self._new) >= self._limit:
            idle = now - self._since >= 2 * self._seconds
            self._new, self._old, self._since = {}, {} if idle else self._new, now

    def _finish(self, key: str, task: asyncio.Task[Reply]) -> None:
        generation = self._new if self._new.get(key) is task else self._old
        if generation.get(key) is not task:
            return
        if task.cancelled() or task.exception() is not None:
            del generation[key]
        else:
            generation[key] = task.result()


class FirstTime:
    """Remembers what was done already for a conversation, such as its welcome.

    It is needed because Teams reports one installation in two activities.
    """

    def __init__(self, *, limit: int = 10_000, seconds: float = 3_600.0, clock: Callable[[], float] = time.monotonic):
        self._greeted: TTLCache[str, bool, float] = TTLCache(limit, seconds, timer=clock)

    def first(self, conversation_id: str) -> bool:
        """Return True the first time for a conversation, within `seconds`."""
        if conversation_id in self._greeted:
            return False
        self._greeted[conversation_id] = True
        return True

    def forget(self, conversation_id: str) -> None:
        """Forget the conversation, after the bot was removed: the next time is the first."""
        self._greeted.pop(conversation_id, None)
