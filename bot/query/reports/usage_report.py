"""Rows -> report: sums, shares, as-of per service. Pure.

What is told and why (https://learn.microsoft.com/en-us/partner-center/increase-adoption-and-satisfaction):
a share is active / qualified over all rows summed; qualified 0 has no share ("n/a"); over 100 % stays over 100 %.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.licensing import Dimension, Entry, ServiceDate, Share


class Remark(StrEnum):
    """What a reader must know about the figures; each has its sentence in cards/locales under `remark.<value>`."""

    OVER_FULL = "over_full"  # some share is over 100 %
    NONE_QUALIFIED = "none_qualified"  # some item has nobody who qualifies: n/a
    SUMMED_PRODUCTS = "summed_products"  # an item sums several products: not a head count
    FILTERED_HERE = "filtered_here"  # part of the question was answered locally, not by the API
    SUPERSEDED_API = "superseded_api"  # from the older per-customer report
    MIXED_DAYS = "mixed_days"  # services were processed on different days


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One item. `entries` holds what it was grouped by, and whatever else has one single value in it."""

    entries: Mapping[Dimension, Entry]
    share: Share


@dataclass(frozen=True, slots=True)
class UsageReport:
    """The answer as data, `rows` in the order to be shown (see `arrange`).

    `matched` counts the items before `top`/`bottom` cut them, `matched_before_limit` those before `below`/`above` did.
    `total` sums what is in `rows`. `as_of` has one entry per service that has rows in the answer, by service name.
    """

    by: tuple[Dimension, ...]
    rows: tuple[ReportRow, ...]
    matched: int
    total: Share
    as_of: tuple[ServiceDate, ...]
    remarks: frozenset[Remark]
    matched_before_limit: int = 0
