"""The report as data: sums, ratios, and the day of each service's figures. Pure.

What each figure means is said in bot/domain/figures.py. Microsoft describes the report at
https://learn.microsoft.com/en-us/partner-center/increase-adoption-and-satisfaction
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.figures import LicenseFigures
from bot.domain.licensing import Dimension, Entry, ServiceDate
from bot.query.reports.report_gaps import NO_GAPS, Gaps


class Remark(StrEnum):
    """What a reader has to know about the figures.

    The text is in cards/locales under `remark.<value>`.
    """

    OVER_FULL = "over_full"  # more licenses are active than qualified in some row
    NONE_QUALIFIED = "none_qualified"  # an item has no qualified license: n/a
    SUMMED_PRODUCTS = "summed_products"  # an item sums several products: not a head count
    FILTERED_HERE = "filtered_here"  # part of the filter was applied by the bot, not by the API
    SUPERSEDED_API = "superseded_api"  # from the older per-customer report
    MIXED_DAYS = "mixed_days"  # services were processed on different days
    ALL_SUPPLIERS = "all_suppliers"  # sold and assigned licenses are of all suppliers of a customer


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One item.

    `entries` holds the members it was grouped by, and those that all its rows have in common. `days` are the distinct
    days of its rows, the oldest first, () if they are unknown. `unknown` counts further rows of the item, whose figures
    are unknown: they are left out. `key` is the same for the same item in every report of the same dimensions, () if it
    is not known; an item without an id has one more part, and is found in no other.
    """

    entries: Mapping[Dimension, Entry]
    figures: LicenseFigures
    days: tuple[date, ...] = ()
    unknown: int = 0
    key: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class UsageReport:
    """The answer as data.

    `rows` are in the order in which they are shown (see `build_report`). `matched` counts the items before
    `top`/`bottom` reduced them, `matched_before_limit` the items before `below`/`above` did. `total` sums the items in
    `rows`. `as_of` has the days of each service with rows in the answer, by service name. `gaps` says
    what the figures leave out, `unknown` has the keys of all items of which rows are unknown.
    """

    by: tuple[Dimension, ...]
    rows: tuple[ReportRow, ...]
    matched: int
    total: LicenseFigures
    as_of: tuple[ServiceDate, ...]
    remarks: frozenset[Remark]
    matched_before_limit: int = 0
    gaps: Gaps = NO_GAPS
    unknown: frozenset[tuple[str, ...]] = frozenset()
