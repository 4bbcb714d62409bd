"""Which rows of a report are kept: by share, or the highest and lowest of them. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """Keep rows whose share lies within; bounds are fractions (0.5 is 50%), None is open.

    `below`/`under`/`less than` exclude their bound, `at least`/`at most` and `between` include it.
    """

    low: float | None = None
    high: float | None = None
    low_included: bool = True
    high_included: bool = True


@dataclass(frozen=True, slots=True)
class Order:
    """Only the `count` rows with the highest (`top`) or lowest (`bottom`) share."""

    count: int
    lowest: bool = False
