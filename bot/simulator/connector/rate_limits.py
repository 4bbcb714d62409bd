"""The connector's rate limits, and the failures that a test orders.

Pure: the clock is passed in. https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit
"""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.simulator.connector.connector_refusal import ConnectorRefusedError

Limit = tuple[int, float]
"""(requests, seconds)"""

SEND_LIMITS: tuple[Limit, ...] = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
"""Limits of sending to and creating one conversation; a channel and its threads are one."""
TENANT_LIMITS: tuple[Limit, ...] = ((50, 1.0),)
"""Limits of all conversations of a tenant together."""


@dataclass(frozen=True, slots=True)
class SendLimits:
    """The limits that are enforced; an empty tuple enforces nothing."""

    conversation: tuple[Limit, ...] = SEND_LIMITS
    tenant: tuple[Limit, ...] = TENANT_LIMITS


class RateLimits:
    """Refuses requests over `limits` with 429 and Retry-After.

    `violations` counts the refusals by the conversation's id or by "tenant <id>".
    """

    def __init__(self, clock: Callable[[], float], limits: SendLimits | None = None) -> None:
        self._clock = clock
        self._limits = limits or SendLimits()
        self._times: dict[str, deque[float]] = defaultdict(deque)
        self.violations: Counter[str] = Counter()

    def admit(self, conversation_id: str, tenant_id: str = "") -> None:
        """Count a request, or raise ConnectorRefusedError 429."""
        tenant = f"tenant {tenant_id}"
        checked = ((conversation_id, self._limits.conversation), (tenant, self._limits.tenant))
        for key, limits in checked:
            if (wait := self._wait(key, limits)) > 0:
                self.violations[key] += 1
                headers = {"Retry-After": str(max(1, math.ceil(wait)))}
                raise ConnectorRefusedError(429, "TooManyRequests", "API calls quota exceeded.", headers)
        for key, limits in checked:
            if limits:
                self._times[key].append(self._clock())

    def _wait(self, key: str, limits: tuple[Limit, ...]) -> float:
        now, times = self._clock(), self._times[key]
        longest = max((seconds for _, seconds in limits), default=0.0)
        while times and times[0] <= now - longest:
            times.popleft()
        return max((times[-count] + seconds - now for count, seconds in limits if len(times) >= count), default=0.0)


@dataclass(frozen=True, slots=True)
class OrderedFailure:
    """The failure of one coming request: an error, a delay before the answer, or both.

    With `status` None the request is answered as usual after the delay. With `after_taking` the request has its effect
    and only then fails, like a gateway that loses the answer. With status 0 the connection is closed without an answer.
    """

    status: int | None = None
    code: str = "ServiceError"
    retry_after: int | None = None
    delay: float = 0
    after_taking: bool = False

    def refusal(self) -> ConnectorRefusedError:
        """Return the error to answer with."""
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return ConnectorRefusedError(self.status or 500, self.code, "This failure was asked for.", headers)
