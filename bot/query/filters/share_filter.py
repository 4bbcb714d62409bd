"""Which rows of a report are kept.

By ratio of active licenses, or the highest and lowest. Pure.
"""

from dataclasses import dataclass

from bot.domain.licensing import Share


@dataclass(frozen=True, slots=True)
class ShareRange:
    """Keep rows whose ratio is within the bounds.

    Bounds are fractions (0.5 is 50%); None means no bound. `below`/`under`/`less than` exclude their bound, `at
    least`/`at most` and `between` include it.
    """

    low: float | None = None
    high: float | None = None
    low_included: bool = True
    high_included: bool = True

    def admits(self, share: Share) -> bool:
        """Return True if the ratio is within the bounds.

        A ratio of "n/a" is never within them.
        """
        fraction = share.fraction
        if fraction is None:
            return False
        if self.low is not None and (fraction < self.low or (fraction == self.low and not self.low_included)):
            return False
        return self.high is None or fraction < self.high or (fraction == self.high and self.high_included)


@dataclass(frozen=True, slots=True)
class TopBottom:
    """Keep only the `count` rows with the highest (`top`) or lowest (`bottom`) ratio."""

    count: int
    lowest: bool = False
