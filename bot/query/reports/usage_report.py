"""The report as data: sums, ratios, and the day of each service's figures. Pure.

The rules (https://learn.microsoft.com/en-us/partner-center/increase-adoption-and-satisfaction):
the ratio is active / qualified over all rows summed. If qualified is 0 there is no ratio ("n/a"). A ratio over 100 %
is not cut.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.licensing import Dimension, Entry, ServiceDate, Share


class Remark(StrEnum):
    """What a reader has to know about the figures.

    The text is in cards/locales under `remark.<value>`.
    """

    OVER_FULL = "over_full"  # a ratio is over 100 %
    NONE_QUALIFIED = "none_qualified"  # an item has no qualified license: n/a
    SUMMED_PRODUCTS = "summed_products"  # an item sums several products: not a head count
    FILTERED_HERE = "filtered_here"  # part of the filter was applied by the bot, not by the API
    SUPERSEDED_API = "superseded_api"  # from the older per-customer report
    MIXED_DAYS = "mixed_days"  # services were processed on different days


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One item.

    `entries` holds the members it was grouped by, and those that all its rows have in common.
    """

    entries: Mapping[Dimension, Entry]
    share: Share


@dataclass(frozen=True, slots=True)
class UsageReport:
    """The answer as data.

    `rows` are in the order in which they are shown (see `build_report`). `matched` counts the items before
    `top`/`bottom` reduced them, `matched_before_limit` the items before `below`/`above` did. `total` sums the items in
    `rows`. `as_of` has one entry per service with rows in the answer, by service name.
    """

    by: tuple[Dimension, ...]
    rows: tuple[ReportRow, ...]
    matched: int
    total: Share
    as_of: tuple[ServiceDate, ...]
    remarks: frozenset[Remark]
    matched_before_limit: int = 0
