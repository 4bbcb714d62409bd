"""Which rows of a report are kept: by share, or the highest and lowest of them. Pure."""

from dataclasses import dataclass

from bot.domain.licensing import Share


@dataclass(frozen=True, slots=True)
class ShareRange:
    """Keep rows whose share lies within; bounds are fractions (0.5 is 50%), None is open.

    `below`/`under`/`less than` exclude their bound, `at least`/`at most` and `between` include it.
    """

    low: float | None = None
    high: float | None = None
    low_included: bool = True
    high_included: bool = True

    def admits(self, share: Share) -> bool:
        """Whether the share lies within. "n/a" lies nowhere."""
        fraction = share.fraction
        if fraction is None:
            return False
        if self.low is not None and (fraction < self.low or (fraction == self.low and not self.low_included)):
            return False
        return self.high is None or fraction < self.high or (fraction == self.high and self.high_included)


@dataclass(frozen=True, slots=True)
class TopBottom:
    """Only the `count` rows with the highest (`top`) or lowest (`bottom`) share."""

    count: int
    lowest: bool = False
