"""How many calls a partner may make in a minute. Pure: the clock is an argument.

Microsoft publishes no figure for this report. The only published one is that of the Subscription resource, 500 calls a
minute for each partner tenant, so it is used here:
https://learn.microsoft.com/en-us/partner-center/developer/api-throttling-guidance
"""

import math
from collections.abc import Callable

CALLS_A_MINUTE = 500
MINUTE = 60.0


class CallLimit:
    """Counts the calls of each tenant in its current minute, which begins with a call.

    `most` None is no limit. `clock` returns seconds.
    """

    def __init__(self, most: int | None, clock: Callable[[], float]) -> None:
        self._most = most
        self._clock = clock
        self._minutes: dict[str, tuple[float, int]] = {}

    def wait(self, tenant_id: str) -> int | None:
        """Count a call. Return None, or how many seconds to wait if it is one too many."""
        if self._most is None:
            return None
        now = self._clock()
        start, calls = self._minutes.get(tenant_id, (now, 0))
        if now >= start + MINUTE:
            start, calls = now, 0
        if calls >= self._most:
            return max(1, math.ceil(start + MINUTE - now))
        self._minutes[tenant_id] = start, calls + 1
        return None
