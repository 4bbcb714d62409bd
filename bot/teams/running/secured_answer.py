"""The moment from which a crash can no longer lose an answer.

What Teams has sent is acknowledged then: not before, because Teams sends again what is not acknowledged; and not much
later, because another process would then answer it once more. Depends on asyncio only.
"""

import asyncio
from typing import Any


class SecuredAnswer:
    """What is known of one answer.

    Whether it is promised in the database, and whether it is delivered.
    """

    def __init__(self) -> None:
        self._delivered = asyncio.Event()
        self._secured = asyncio.Event()

    @property
    def is_secured(self) -> bool:
        """Whether a crash can no longer lose the answer."""
        return self._secured.is_set()

    @property
    def is_delivered(self) -> bool:
        """Whether the person has the answer."""
        return self._delivered.is_set()

    def promised(self) -> None:
        """Note that another process would end what this one has begun."""
        self._secured.set()

    def delivered(self) -> None:
        """Note that the person has the answer."""
        self._secured.set()
        self._delivered.set()

    async def until_delivered(self, turn: "asyncio.Task[Any]", seconds: float) -> bool:
        """Wait, at most `seconds`, until the answer is delivered or `turn` is over.

        Return True if one of both happened.
        """
        return await _first(self._delivered, turn, seconds)

    async def until_secured(self, turn: "asyncio.Task[Any]", seconds: float) -> bool:
        """Wait, at most `seconds`, until the answer is promised or delivered.

        Return True if it is, or if `turn` is over.
        """
        return await _first(self._secured, turn, seconds)


async def _first(event: asyncio.Event, turn: "asyncio.Task[Any]", seconds: float) -> bool:
    if event.is_set() or turn.done():
        return True
    waiting = asyncio.ensure_future(event.wait())
    try:
        limit = max(0.0, seconds)
        done, _ = await asyncio.wait({turn, waiting}, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
    return bool(done)
