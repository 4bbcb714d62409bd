"""Which rows of a report are kept.

By the percentage of qualified licenses in use, or the highest and lowest. Pure.
"""

from dataclasses import dataclass

from bot.domain.figures import Licenses


@dataclass(frozen=True, slots=True)
class ShareRange:
    """Keep rows whose percentage is within the bounds.

    Bounds are fractions (0.5 is 50%); None means no bound. `below`/`under`/`less than` exclude their bound, `at
    least`/`at most` and `between` include it. A percentage is never over 100 %: `above 100%` asks for more active
    licenses than qualified ones, `above 120%` for more of them than 20 % of the qualified ones.
    """

    low: float | None = None
    high: float | None = None
    low_included: bool = True
    high_included: bool = True

    @property
    def asks_beyond(self) -> bool:
        """Return True if only workloads with more active than qualified licenses are kept.

        That is a number of licenses, so it is tested for each workload.
        """
        return self.low is not None and (self.low > 1 or (self.low == 1 and not self.low_included))

    def admits(self, licenses: Licenses) -> bool:
        """Return True if the percentage is within the bounds.

        A percentage of "n/a" is never within them, but licenses in use of which none is qualified are above 100 %.
        """
        share = licenses.share
        if self.asks_beyond:
            return self._admits_beyond(licenses)
        if share is None:
            return False
        if self.low is not None and (share < self.low or (share == self.low and not self.low_included)):
            return False
        return self.high is None or share < self.high or (share == self.high and self.high_included)

    def _admits_beyond(self, licenses: Licenses) -> bool:
        beyond = licenses.beyond
        least = ((self.low or 1) - 1) * licenses.qualified
        if beyond <= 0 or beyond < least or (beyond == least and not self.low_included):
            return False
        if self.high is None:
            return True
        most = (self.high - 1) * licenses.qualified
        return beyond < most or (beyond == most and self.high_included)


@dataclass(frozen=True, slots=True)
class TopBottom:
    """Keep the `count` rows with the highest (`top`) or lowest (`bottom`) percentage."""

    count: int
    lowest: bool = False
