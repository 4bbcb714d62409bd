"""Which rows of a report are kept by a number of licenses. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.figures import LicenseMeasure, Licenses


class AmountBound(StrEnum):
    """How the bounds of a range are said."""

    ABOVE = "above"
    AT_LEAST = "at_least"
    BELOW = "below"
    AT_MOST = "at_most"
    BETWEEN = "between"
    EXACTLY = "exactly"


@dataclass(frozen=True, slots=True)
class AmountRange:
    """Keep workloads with so many licenses.

    A license counts once in each workload, so numbers are never added over workloads: a row is kept if one of its
    workloads is within the bounds. The bounds are whole numbers and included; None means no bound.
    """

    measure: LicenseMeasure
    low: int | None = None
    high: int | None = None

    @property
    def is_empty(self) -> bool:
        """Return True if no number is within the bounds."""
        return self.high is not None and self.high < max(self.low or 0, 0)

    def admits(self, licenses: Licenses) -> bool:
        """Return True if the number of licenses of one workload is within the bounds."""
        number = self.measure.of(licenses)
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)

    def within(self, other: "AmountRange") -> "AmountRange":
        """Return the numbers that are within both ranges, which have the same measure."""
        lows = [each.low for each in (self, other) if each.low is not None]
        highs = [each.high for each in (self, other) if each.high is not None]
        return AmountRange(self.measure, max(lows, default=None), min(highs, default=None))

    def said(self) -> tuple[AmountBound, tuple[int, ...]]:
        """Return how the range is said, and the numbers of that.

        `more than 100` and `at least 101` are the same: the rounder number is said.
        """
        low, high = self.low, self.high
        if low is not None and high is not None:
            return (AmountBound.EXACTLY, (low,)) if low == high else (AmountBound.BETWEEN, (low, high))
        if high is not None:
            below = _is_rounder(high + 1, high)
            return (AmountBound.BELOW, (high + 1,)) if below else (AmountBound.AT_MOST, (high,))
        low = low or 0
        above = low > 0 and _is_rounder(low - 1, low)
        return (AmountBound.ABOVE, (low - 1,)) if above else (AmountBound.AT_LEAST, (low,))


def _is_rounder(one: int, other: int) -> bool:
    """Return True if more zeros end `one` than `other`, or if only `one` ends with 5."""
    return _roundness(one) > _roundness(other)


def _roundness(number: int) -> tuple[int, bool]:
    digits = str(number)
    return len(digits) - len(digits.rstrip("0")), digits.endswith("5")
