"""Each activity is handled once. Pure but for the clock it is given.

Teams sends an activity again when it believes the first one was lost; the second gets the first one's reply.
"""

import asyncio
import time
from collections.abc import Callable

from cachetools import TTLCache

from bot.teams.activity.http_reply import Reply


class Deduplicator:
    """Remembers activities, under way as a task, then as the reply: each for `seconds` at least, twice that at most.

    Two shelves take turns: the older one is emptied as a whole, so an entry carries no time and leaves no garbage.
    A shelf holds `limit` entries; a flood makes them take turns sooner.
    """

    def __init__(self, *, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._new: dict[str, asyncio.Task[Reply] | Reply] = {}
        self._old: dict[str, asyncio.Task[Reply] | Reply] = {}
        self._since = clock()

    def reply(self, key: str, start: Callable[[], asyncio.Task[Reply]]) -> asyncio.Task[Reply] | Reply:
        """What was made of `key` before, or what `start` makes of it now. A task that fails is forgotten."""
        self._take_turns()
        known = self._new.get(key) or self._old.get(key)
        if known is not None:
            return known
        task = self._new[key] = start()
        task.add_done_callback(lambda done: self._finish(key, done))
        return task

    def _take_turns(self) -> None:
        now = self._clock()
        if now - self._since >= self._seconds or len(self._new) >= self._limit:
            idle = now - self._since >= 2 * self._seconds
            self._new, self._old, self._since = {}, {} if idle else self._new, now

    def _finish(self, key: str, task: asyncio.Task[Reply]) -> None:
        shelf = self._new if self._new.get(key) is task else self._old
        if shelf.get(key) is not task:
            return
        if task.cancelled() or task.exception() is not None:
            del shelf[key]
        else:
            shelf[key] = task.result()


class FirstTime:
    """The conversations that had their welcome: Teams announces one installation in two activities."""

    def __init__(self, *, limit: int = 10_000, seconds: float = 3_600.0, clock: Callable[[], float] = time.monotonic):
        self._greeted: TTLCache[str, bool, float] = TTLCache(limit, seconds, timer=clock)

    def first(self, conversation_id: str) -> bool:
        """Whether this conversation has not been greeted lately; from now on it has."""
        if conversation_id in self._greeted:
            return False
        self._greeted[conversation_id] = True
        return True

    def forget(self, conversation_id: str) -> None:
        """The bot was removed: who adds it again is greeted again."""
        self._greeted.pop(conversation_id, None)
