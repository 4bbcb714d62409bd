"""Making a change that has to be made, however long the store fails."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from bot.errors import StoreError

log = structlog.get_logger(__name__)

Result = TypeVar("Result")

FIRST_WAIT = 0.5
LONGEST_WAIT = 60.0


async def persist(change: Callable[[], Awaitable[Result]], **named: object) -> Result:
    """What `change` comes to once the store does not fail any more. `named` goes into the log."""
    wait = FIRST_WAIT
    while True:
        try:
            return await change()
        except StoreError as error:
            log.warning("digest_store_failed", problem=str(error), seconds=wait, **named)
            await asyncio.sleep(wait * random.uniform(0.8, 1.2))  # noqa: S311  # spreads load
            wait = min(wait * 2, LONGEST_WAIT)
