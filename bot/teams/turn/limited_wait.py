"""A wait with a limit for work that continues: the next attempt finds its result.

A person who types asks again a moment later. What is loaded for them must not be thrown away because one question could
not wait for it.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.teams.turn.background_turns import BackgroundTurns

T = TypeVar("T")


async def within(seconds: float, work: Coroutine[Any, Any, T], background: BackgroundTurns, owner: str) -> T | None:
    """Return the result of `work`; None if it takes longer.

    Then it continues as a turn of `owner`. Raises what `work` raised.
    """
    task = background.follow_up(work, owner)
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
    except asyncio.CancelledError:
        task.cancel()
        raise
    if done:
        return task.result()
    task.add_done_callback(_ignored)
    return None


def _ignored(task: "asyncio.Task[Any]") -> None:
    """Mark the error of `task` as seen: asyncio would log it as one that was never seen."""
    if not task.cancelled():
        task.exception()
