"""How long Teams waits for a bot. The clock is passed in.

https://learn.microsoft.com/en-us/azure/bot-service/bot-builder-howto-long-operations-guidance
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

AGAIN_SECONDS = 15.0
"""Without an answer for so long, Teams sends an activity again."""
PRESS_SECONDS = 10.0
"""Without an answer for so long, Teams shows an error to the person who pressed a button."""

Sleep = Callable[[float], Awaitable[None]]
Answer = TypeVar("Answer")


async def forever(_seconds: float) -> None:
    """Wait without an end: for a client that is more patient than Teams."""
    await asyncio.Event().wait()


async def answer_within(seconds: float, call: Coroutine[Any, Any, Answer], sleep: Sleep) -> Answer | None:
    """Return what `call` returns.

    None if `sleep(seconds)` ends first, which ends the call.
    """
    answer, timer = asyncio.ensure_future(call), asyncio.ensure_future(sleep(seconds))
    try:
        await asyncio.wait({answer, timer}, return_when=asyncio.FIRST_COMPLETED)
        return answer.result() if answer.done() else None
    finally:
        answer.cancel()
        timer.cancel()
        await asyncio.gather(answer, timer, return_exceptions=True)
