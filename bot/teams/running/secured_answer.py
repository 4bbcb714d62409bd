"""The moment from which a crash can no longer lose an answer.

What Teams has sent is acknowledged then, not before: what is not acknowledged, Teams sends again. Depends on asyncio
only.
"""

import asyncio
from typing import Any


async def secured_or_over(answering: "asyncio.Task[Any]", secured: asyncio.Event, seconds: float) -> bool:
    """Wait until `answering` is over or `secured` is set, at most `seconds`.

    Return True if one of both happened.
    """
    waiting = asyncio.ensure_future(secured.wait())
    try:
        limit = max(0.0, seconds)
        done, _ = await asyncio.wait({answering, waiting}, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
    return bool(done)
