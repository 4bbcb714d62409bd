"""Repeat a change in the store until it succeeds."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from bot.concurrency.backoff import Backoff
from bot.errors import StoreError

log = structlog.get_logger(__name__)

Result = TypeVar("Result")

STORE = Backoff(first=0.5, longest=60.0, jitter=0.2)


async def persist(change: Callable[[], Awaitable[Result]], backoff: Backoff = STORE, **named: object) -> Result:
    """Call `change` until the store accepts it, and return its result.

    Waits in between follow `backoff`. `named` is added to the log record of each failed attempt.
    """

    def failed(error: Exception, seconds: float) -> None:
        log.warning("digest_store_failed", problem=str(error), seconds=seconds, **named)

    return await backoff.retry(change, StoreError, failed)
