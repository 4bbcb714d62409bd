"""Groups -> the report: which items are told, in which order, with which remarks. Pure.

Without a limit or an order the items stand by name, one dimension after the other (for one customer: workload, then
product): that is where a reader looks for a name, and its place is the same the next day. Where the question was about
shares (`below`, `top`, ...), the items stand by share, the asked-for end first and "n/a" last.
"""

from collections.abc import Sequence, Set
from functools import reduce
from operator import add
from typing import NamedTuple

from bot.domain.licensing import Dimension, Entry, ServiceDate, Share
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.reports.row_group import GroupLabels, RowGroup, common, identity
from bot.query.reports.usage_report import Remark, ReportRow, UsageReport

# What the things an item is listed by are identified with, one text a dimension.
Key = tuple[str, ...]


class ReportItem(NamedTuple):
    """A row of the report to be: the groups of one key, one a service. Most items are weighed and never told."""

    key: Key
    groups: Sequence[RowGroup]
    share: Share


def item(key: Key, groups: Sequence[RowGroup]) -> ReportItem:
    """The item that the groups of one key make together."""
    return ReportItem(key, groups, reduce(add, [group.share for group in groups]))


def build_report(
    by: tuple[Dimension, ...],
    items: Sequence[ReportItem],
    as_of: tuple[ServiceDate, ...],
    *,
    limit: ShareRange | None = None,
    order: TopBottom | None = None,
    remarks: Set[Remark] = frozenset(),
) -> UsageReport:
    """The report of the items within `limit`, and of those the ones that `order` asks for."""
    within = [item for item in items if limit is None or limit.admits(item.share)]
    within.sort(key=lambda item: (_names(item, by), item.key))
    if limit is not None or order is not None:
        lowest_first = _lowest_first(limit, order)
        within.sort(key=lambda item: _by_share(item.share, lowest_first=lowest_first))
    told = within if order is None else within[: max(order.count, 0)]
    labels = GroupLabels()
    return UsageReport(
        by=by,
        rows=tuple([_row(item, by, labels) for item in told]),
        matched=len(within),
        total=reduce(add, [item.share for item in told], Share(0, 0)),
        as_of=as_of,
        remarks=frozenset(remarks | _remarks(told, as_of)),
        matched_before_limit=len(items),
    )


def _row(item: ReportItem, by: tuple[Dimension, ...], labels: GroupLabels) -> ReportRow:
    entries = common(item.groups, labels)
    for dimension in by:
        if dimension not in entries:  # the rows do not say what they are of
            entries[dimension] = Entry(dimension, "", "")
    return ReportRow(entries, item.share)


def _names(item: ReportItem, by: tuple[Dimension, ...]) -> list[str]:
    return [item.groups[0].name(dimension).casefold() for dimension in by]


def _by_share(share: Share, *, lowest_first: bool) -> tuple[bool, float, int]:
    """Among equal shares the one with more licenses first: it weighs more. The sort keeps names in order after that."""
    fraction = share.fraction
    if fraction is None:
        return True, 0.0, -share.active
    return False, fraction if lowest_first else -fraction, -share.qualified


def _lowest_first(limit: ShareRange | None, order: TopBottom | None) -> bool:
    if order is not None:
        return order.lowest
    return limit is None or limit.high is not None


def _remarks(told: Sequence[ReportItem], as_of: tuple[ServiceDate, ...]) -> set[Remark]:
    holds = {
        Remark.OVER_FULL: any((item.share.fraction or 0) > 1 for item in told),
        Remark.NONE_QUALIFIED: any(not item.share.qualified for item in told),
        Remark.SUMMED_PRODUCTS: any(_several_products(item.groups) for item in told),
        Remark.MIXED_DAYS: len({entry.day for entry in as_of}) > 1,
    }
    return {remark for remark, true in holds.items() if true}


def _several_products(groups: Sequence[RowGroup]) -> bool:
    if any(group.several(Dimension.PRODUCT) for group in groups):
        return True
    return len(groups) > 1 and len({identity(group.sample, Dimension.PRODUCT) for group in groups}) > 1
