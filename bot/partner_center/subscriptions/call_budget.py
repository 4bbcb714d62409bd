"""How many calls may be made within a minute.

https://learn.microsoft.com/en-us/partner-center/developer/subscription-resources says 500 a minute for a tenant,
for all calls together. Other processes and other programs of the partner call too, so less than that is used. An
answer 429 is heeded as well.
"""

from collections import deque
from collections.abc import Awaitable, Callable

CALLS = 400
SECONDS = 60.0


class CallBudget:
    """At most `CALLS` calls within any `SECONDS`, for one tenant of a partner.

    `clock` returns seconds and never goes back; `sleep` waits by the same clock.
    """

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._made: deque[float] = deque()

    async def take(self) -> None:
        """Wait until another call may be made, and count it."""
        while (pause := self._pause()) > 0:
            await self._sleep(pause)
        self._made.append(self._clock())

    def _pause(self) -> float:
        now = self._clock()
        while self._made and now >= self._made[0] + SECONDS:
            self._made.popleft()
        return self._made[0] + SECONDS - now if len(self._made) >= CALLS else 0.0
