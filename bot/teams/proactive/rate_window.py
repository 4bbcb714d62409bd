"""When one more message may leave, for limits of the kind "so many within so many seconds". Pure.

Exact for every sliding window, wherever it begins. A message that is under way counts as being sent all the time until
its answer is here: the connector has counted it at some moment between, and a pace kept by the moments of departure
alone is exceeded there by whatever was slow on its way and what followed it swiftly.
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
        """The part of one of several processes, rounded down; with more processes than messages, one each in turn."""
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
    """What was sent of late: moments of any clock that only goes forward, and how many are `under_way`."""

    __slots__ = ("_moments", "_prune_at", "under_way")

    def __init__(self) -> None:
        self._moments = array("d")
        self._prune_at = 16
        self.under_way = 0

    def free_at(self, windows: Sequence[RateWindow]) -> float | None:
        """The first moment at which another may leave; None: not before one of those under way has arrived."""
        moments, free = self._moments, NEVER
        for window in windows:
            left = window.count - self.under_way
            if left <= 0:
                return None
            if len(moments) >= left:
                free = max(free, moments[-left] + window.seconds)
        return free

    def add(self, moment: float) -> None:
        """One was sent. What no window reaches back to is forgotten, now and then: all the others have to move."""
        moments = self._moments
        moments.append(moment)
        if len(moments) >= self._prune_at:
            old = bisect_right(moments, moment - _LONGEST.seconds)
            del moments[: max(old, len(moments) - _LONGEST.count)]
            self._prune_at = max(16, 2 * len(moments))

    def take_back(self, moment: float) -> None:
        """The one of that moment was not sent after all."""
        if moment in self._moments:
            self._moments.remove(moment)

    def over(self, now: float) -> bool:
        """Whether nothing of this matters any more."""
        return not self.under_way and (not self._moments or self._moments[-1] + _LONGEST.seconds <= now)
