"""Repeating what fails in passing, with longer and longer waits in between. Knows nothing of what is repeated."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import stamina

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits in seconds: the `first`, each next one `factor` times as long, none longer than `longest`; `jitter` more
    at most, which spreads load. `attempts` in all, without end if None."""

    first: float
    longest: float
    attempts: int | None = None
    factor: float = 2.0
    jitter: float = 0.0

    async def retry(
        self,
        work: Callable[[], Awaitable[Result]],
        on: type[Exception],
        failed: Callable[[Exception, float], None] | None = None,
    ) -> Result:
        """What `work` returns at last. `failed` is called with each error `on` which it is repeated, and the wait.

        Raises every other error, and the last one when all attempts are used up. The text of an error `on` which it is
        repeated goes into the log, so it may hold nothing that a person typed or a customer is called.
        """
        async for attempt in stamina.retry_context(
            on=on,
            attempts=self.attempts,
            timeout=None,
            wait_initial=self.first,
            wait_max=self.longest,
            wait_jitter=self.jitter,
            wait_exp_base=self.factor,
        ):
            with attempt:
                try:
                    return await work()
                except on as error:
                    if failed is not None:
                        failed(error, attempt.next_wait)
                    raise
        raise AssertionError("attempts end in a result or an error")
