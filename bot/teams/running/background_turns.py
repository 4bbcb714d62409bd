"""The running turns: limited in all and per person.

The bot waits for them when it stops.

Depends on asyncio only.
"""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.errors import UsageBotError

T = TypeVar("T")

NOTICE_SECONDS = 3.0  # seconds in which a cancelled turn may notify the person


class BusyError(UsageBotError):
    """The limit of running turns is reached, or the bot is stopping."""


class BackgroundTurns:
    """Runs turns as tasks.

    `spare` turns above `limit` are reserved for answering that the bot is busy.
    """

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
        """Return True if another turn of `owner` may start."""
        return len(self._tasks) < self._limit and self._owners[owner] < self._per_owner

    def start(self, work: Coroutine[Any, Any, T], owner: str) -> asyncio.Task[T]:
        """Run `work`.

        Raises BusyError when all spare turns are used, too, or the bot is stopping.
        """
        if self._closing or len(self._tasks) >= self._limit + self._spare:
            work.close()
            raise BusyError("the bot is stopping" if self._closing else "too many turns are running")
        return self.follow_up(work, owner)

    def follow_up(self, work: Coroutine[Any, Any, T], owner: str) -> asyncio.Task[T]:
        """Run `work`, the rest of a turn that was admitted before, whatever the limits."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        self._owners[owner] += 1
        task.add_done_callback(lambda done: self._end(done, owner))
        return task

    async def close(self, timeout: float) -> int:  # noqa: ASYNC109  # what is left is cancelled, not abandoned
        """Start no new turn and wait up to `timeout` seconds for the running ones.

        Cancel the rest and return how many were cancelled.
        """
        self._closing = True
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while self._tasks and (left := end - loop.time()) > 0:
            await asyncio.wait(set(self._tasks), timeout=left)
        rest = set(self._tasks)
        for task in rest:
            task.cancel()
        if rest:
            await asyncio.wait(rest, timeout=NOTICE_SECONDS)
        return len(rest)

    def _end(self, task: asyncio.Task[Any], owner: str) -> None:
        self._tasks.discard(task)
        self._owners[owner] -= 1
        if self._owners[owner] <= 0:
            del self._owners[owner]
