"""Log what the event loop could not do, like every other event."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

log = structlog.get_logger(__name__)

ACCEPT_FAILED_EVERY = 60.0


class LoopProblems:
    """An exception handler of the event loop.

    A failing accept is logged at most once a minute.

    Without a free descriptor, asyncio reports every attempt, many in one second:
    https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.set_exception_handler
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._next = float("-inf")
        self._unsaid = 0

    def __call__(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Log one problem, as asyncio describes it."""
        problem = context.get("exception")
        if not isinstance(problem, OSError) or "socket.accept()" not in context["message"]:
            log.error("loop_problem", problem=context["message"], exc_info=problem)
            return
        self._unsaid += 1
        now = self._monotonic()
        if now >= self._next:
            log.error("accept_failed", problem=str(problem), times=self._unsaid)
            self._next, self._unsaid = now + ACCEPT_FAILED_EVERY, 0
