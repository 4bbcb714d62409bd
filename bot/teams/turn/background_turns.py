"""The turns under way: bounded in all and per person, waited for when the bot stops. Knows asyncio only."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.errors import UsageBotError

T = TypeVar("T")

LAST_WORDS = 3.0  # seconds a cancelled turn gets to tell the person


class BusyError(UsageBotError):
    """There are as many turns under way as may be."""


class BackgroundTurns:
    """`spare` turns above the limits are for saying that there are too many."""

    def __init__(self, *, limit: int, per_owner: int, spare: int = 32) -> None:
        self._limit = limit
        self._per_owner = per_owner
        self._spare = spare
        self._tasks: set[asyncio.Task[Any]] = set()
        self._owners: Counter[str] = Counter()
        self._closing = False

    def __len__(self) -> int:
        return len(self._tasks)

    def has_room(self, owner: str) -> bool:
        """Whether another turn of `owner` may begin."""
        return len(self._tasks) < self._limit and self._owners[owner] < self._per_owner

    def start(self, work: Coroutine[Any, Any, T], owner: str) -> asyncio.Task[T]:
        """Run `work`. Raises BusyError where even the spare places are taken, or the bot is stopping."""
        if self._closing or len(self._tasks) >= self._limit + self._spare:
            work.close()
            raise BusyError("the bot is stopping" if self._closing else "too many turns are under way")
        return self.adopt(work, owner)

    def adopt(self, work: Coroutine[Any, Any, T], owner: str) -> asyncio.Task[T]:
        """Run `work`, the rest of a turn that was admitted before."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        self._owners[owner] += 1
        task.add_done_callback(lambda done: self._end(done, owner))
        return task

    async def close(self, timeout: float) -> int:  # noqa: ASYNC109  # what is left is cancelled, not abandoned
        """Begin nothing more, wait up to `timeout` seconds, cancel the rest; how many had to be cancelled."""
        self._closing = True
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while self._tasks and (left := end - loop.time()) > 0:
            await asyncio.wait(set(self._tasks), timeout=left)
        rest = set(self._tasks)
        for task in rest:
            task.cancel()
        if rest:
            await asyncio.wait(rest, timeout=LAST_WORDS)
        return len(rest)

    def _end(self, task: asyncio.Task[Any], owner: str) -> None:
        self._tasks.discard(task)
        self._owners[owner] -= 1
        if self._owners[owner] <= 0:
            del self._owners[owner]
