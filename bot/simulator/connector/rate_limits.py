"""The connector's rate limits per bot and conversation, and failures that a test orders. Pure; given its clock.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit
"""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.simulator.connector.connector_refusal import ConnectorRefusedError

Limit = tuple[int, float]
"""(requests, seconds)"""

SEND_LIMITS: tuple[Limit, ...] = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
"""For sending to and creating one conversation; a channel with all its threads is one."""
TENANT_LIMITS: tuple[Limit, ...] = ((50, 1.0),)
"""For all of a tenant's conversations together."""


@dataclass(frozen=True, slots=True)
class SendLimits:
    """What is enforced; an empty tuple enforces nothing."""

    conversation: tuple[Limit, ...] = SEND_LIMITS
    tenant: tuple[Limit, ...] = TENANT_LIMITS


class RateLimits:
    """Refuses with 429 and Retry-After what goes over `limits`.

    `violations` counts the refusals, under the conversation's id or under "tenant <id>".
    """

    def __init__(self, clock: Callable[[], float], limits: SendLimits | None = None) -> None:
        self._clock = clock
        self._limits = limits or SendLimits()
        self._times: dict[str, deque[float]] = defaultdict(deque)
        self.violations: Counter[str] = Counter()

    def admit(self, conversation_id: str, tenant_id: str = "") -> None:
        """Count a request, or RefusedError 429."""
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
    """What one coming request meets: an error, a delay before the answer, or both.

    `status` None answers as usual after the delay. `after_taking` acts on the request and only then fails, as a
    gateway does that loses the answer. Status 0 hangs up without an answer.
    """

    status: int | None = None
    code: str = "ServiceError"
    retry_after: int | None = None
    delay: float = 0
    after_taking: bool = False

    def refusal(self) -> ConnectorRefusedError:
        """The error to answer with."""
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return ConnectorRefusedError(self.status or 500, self.code, "This failure was asked for.", headers)
