"""Which rows of a report are kept.

By the percentage of qualified licenses in use, or as many as are asked for. Pure.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from bot.domain.figures import LicenseMeasure, Licenses


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

    @property
    def of_the_rest(self) -> "ShareRange":
        """Return the range of what is not in use.

        Less than 30% in use is more than 70% that is not.
        A range over 100% is of no rest, and stays.
        """
        if self.asks_beyond or (self.high or 0) > 1:
            return self
        low, high = (None if end is None else round(1 - end, 12) for end in (self.high, self.low))
        return ShareRange(low, high, self.high_included, self.low_included)

    def admits(self, licenses: Licenses) -> bool:
        """Return True if the percentage is within the bounds.

        A percentage of "n/a" is never within them, but licenses in use of which none is qualified are above 100 %.
        """
        if self.asks_beyond:
            # The percentage of a workload with more active than qualified licenses: 100 % and what is beyond.
            return licenses.beyond > 0 and self._holds(licenses.qualified + licenses.beyond, licenses.qualified)
        return bool(licenses.qualified) and self._holds(licenses.used, licenses.qualified)

    def _holds(self, part: int, whole: int) -> bool:
        """Return True if `part` of `whole` is within the bounds."""
        if self.low is not None:
            above = _compared(part, whole, self.low)
            if above < 0 or (above == 0 and not self.low_included):
                return False
        if self.high is None:
            return True
        above = _compared(part, whole, self.high)
        return above < 0 or (above == 0 and self.high_included)


def _compared(part: int, whole: int, bound: float) -> int:
    """Return a number below, equal to or above 0, as `part` of `whole` is to `bound`.

    In integers: 12 of 10 is exactly 120 %, but 1.2 - 1 is a little less than 0.2.
    """
    numerator, denominator = _exact(bound)
    return part * denominator - numerator * whole


@lru_cache(maxsize=256)  # a report compares each of its items with the same one or two bounds
def _exact(bound: float) -> tuple[int, int]:
    """Return the numerator and denominator of the decimal number that was written."""
    return Fraction(str(round(bound, 12))).as_integer_ratio()


@dataclass(frozen=True, slots=True)
class TopBottom:
    """Keep the `count` rows that are highest (`top`) or lowest (`bottom`).

    `measure` is the number of licenses that counts, None for the percentage. Of several workloads, the largest
    (`bottom`: the smallest) number of one of them counts. `by_name`: neither counts, and the names are in order.
    """

    count: int
    lowest: bool = False
    measure: LicenseMeasure | None = None
    by_name: bool = False
