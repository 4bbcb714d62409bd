"""Repeat what fails transiently, with growing waits.

Independent of what is repeated.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import stamina

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Backoff:
    """The waits between attempts, in seconds.

    The first wait is `first`, each next one is `factor` times as long, up to `longest`. Up to `jitter` is added, which
    spreads load. `attempts` counts all attempts; None means no limit.
    """

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
        """Repeat `work` until it succeeds, and return its result.

        `failed` is called with each error `on` which it is repeated, and the wait in seconds. Raises every other error,
        and the last one when all attempts are used up. The text of an error `on` which it is repeated is logged, so it
        must not contain what a person typed or the name of a customer.
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
