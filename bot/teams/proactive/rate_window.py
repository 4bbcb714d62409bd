"""Rate limits of the kind "at most N messages within S seconds". Pure.

Exact for every sliding window, wherever it begins. A message in flight counts as being sent during the whole time until
its response arrives, because the connector counts it at some unknown moment in between. If only the moments of sending
counted, a slow message and a fast one after it could together exceed the limit at the connector.
"""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RateWindow:
    """At most `count` within any `seconds`."""

    count: int
    seconds: float

    def shared(self, replicas: int) -> "RateWindow":
        """Return the limit of one of `replicas` processes, rounded down.

        If there are more processes than messages, each may send one message within a longer window.
        """
        if replicas <= self.count:
            return RateWindow(self.count // replicas, self.seconds)
        return RateWindow(1, self.seconds * replicas / self.count)


# Sending to one conversation: https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit
CONVERSATION = (RateWindow(7, 1.0), RateWindow(8, 2.0), RateWindow(60, 30.0), RateWindow(1800, 3600.0))
# To all conversations of a tenant together, per app; the same page.
TENANT = RateWindow(50, 1.0)

NEVER = float("-inf")
_LONGEST = CONVERSATION[-1]


class SentTimes:
    """When the latest messages were sent, and how many are `in_flight`.

    The clock must be monotonic, in seconds.
    """

    __slots__ = ("_moments", "_prune_at", "in_flight")

    def __init__(self) -> None:
        self._moments = array("d")
        self._prune_at = 16
        self.in_flight = 0

    def free_at(self, windows: Sequence[RateWindow]) -> float | None:
        """Return the first moment at which another message may be sent.

        Return None if that cannot be before the response to a message in flight arrives.
        """
        moments, free = self._moments, NEVER
        for window in windows:
            left = window.count - self.in_flight
            if left <= 0:
                return None
            if len(moments) >= left:
                free = max(free, moments[-left] + window.seconds)
        return free

    def add(self, moment: float) -> None:
        """Record that a message was sent at `moment`.

        Moments before the longest window are deleted only now and then, because a deletion moves all the others.
        """
        moments = self._moments
        moments.append(moment)
        if len(moments) >= self._prune_at:
            old = bisect_right(moments, moment - _LONGEST.seconds)
            del moments[: max(old, len(moments) - _LONGEST.count)]
            self._prune_at = max(16, 2 * len(moments))

    def take_back(self, moment: float) -> None:
        """Remove a message: the one of `moment` was not sent after all."""
        if moment in self._moments:
            self._moments.remove(moment)

    def over(self, now: float) -> bool:
        """Return True if no message here can affect a limit any more."""
        return not self.in_flight and (not self._moments or self._moments[-1] + _LONGEST.seconds <= now)
