"""A wait with a limit for work that continues: the next attempt finds its result.

A person who types asks again a moment later. What is loaded for them must not be thrown away because one question could
not wait for it.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.teams.running.background_turns import BackgroundTurns

T = TypeVar("T")


async def within(seconds: float, work: Coroutine[Any, Any, T], background: BackgroundTurns, owner: str) -> T | None:
    """Return the result of `work`; None if it takes longer.

    Then it continues as a turn of `owner`. Raises what `work` raised.
    """
    task = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
    except asyncio.CancelledError:
        task.cancel()
        raise
    if done:
        return task.result()
    background.follow_up(_rest(task), owner)
    return None


async def _rest(task: "asyncio.Task[Any]") -> None:
    """Wait for `task`, whose result is not needed any more, nor its error."""
    try:
        await asyncio.wait({task})
    except asyncio.CancelledError:
        task.cancel()
        raise
    if not task.cancelled():
        task.exception()
