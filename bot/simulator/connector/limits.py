"""The connector's rate limits per bot and conversation, and failures that a test orders. Pure; given its clock.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit
"""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.simulator.connector.refusal import RefusedError

SEND_LIMITS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
"""(requests, seconds) for sending to and creating one conversation."""


class RateLimits:
    """Refuses with 429 and Retry-After what goes over `limits`."""

    def __init__(self, clock: Callable[[], float], limits: tuple[tuple[int, float], ...] = SEND_LIMITS) -> None:
        self._clock = clock
        self._limits = limits
        self._longest = max(seconds for _, seconds in limits)
        self._times: dict[str, deque[float]] = defaultdict(deque)

    def admit(self, conversation_id: str) -> None:
        """Count a request, or RefusedError 429."""
        now, times = self._clock(), self._times[conversation_id]
        while times and times[0] <= now - self._longest:
            times.popleft()
        for count, seconds in self._limits:
            if len(times) >= count and (wait := times[-count] + seconds - now) > 0:
                headers = {"Retry-After": str(max(1, round(wait)))}
                raise RefusedError(429, "TooManyRequests", "API calls quota exceeded.", headers)
        times.append(now)


@dataclass(frozen=True, slots=True)
class Fault:
    """What one coming request meets: an error, a delay before the answer, or both.

    `status` None answers as usual after the delay. `after_taking` acts on the request and only then fails, as a
    gateway does that loses the answer. Status 0 hangs up without an answer.
    """

    status: int | None = None
    code: str = "ServiceError"
    retry_after: int | None = None
    delay: float = 0
    after_taking: bool = False

    def refusal(self) -> RefusedError:
        """The error to answer with."""
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return RefusedError(self.status or 500, self.code, "This failure was asked for.", headers)
