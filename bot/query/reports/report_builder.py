"""Groups -> the report: choose the items, their order and the remarks. Pure.

Without a limit or an order, items are sorted by name, dimension by dimension (for one customer: workload, then
product). A reader looks for a name in that order, and its position is the same the next day. If the question was about
ratios (`below`, `top`, ...), items are sorted by ratio: the requested end first, "n/a" last.
"""

from collections.abc import Sequence, Set
from functools import reduce
from operator import add
from typing import NamedTuple

from bot.domain.licensing import Dimension, Entry, ServiceDate, Share
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.reports.row_group import GroupLabels, RowGroup, common, identity
from bot.query.reports.usage_report import Remark, ReportRow, UsageReport

# The identities of an item's members, one text per dimension that the report is listed by.
Key = tuple[str, ...]


class ReportItem(NamedTuple):
    """A candidate row of the report: the groups of one key, one per service.

    Most items are not shown.
    """

    key: Key
    groups: Sequence[RowGroup]
    share: Share


def item(key: Key, groups: Sequence[RowGroup]) -> ReportItem:
    """Combine the groups of one key into one item."""
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
    """Build the report of the items within `limit`, reduced as `order` says."""
    within = [item for item in items if limit is None or limit.admits(item.share)]
    within.sort(key=lambda item: (_names(item, by), item.key))
    if limit is not None or order is not None:
        lowest_first = _lowest_first(limit, order)
        within.sort(key=lambda item: _by_share(item.share, lowest_first=lowest_first))
    shown = within if order is None else within[: max(order.count, 0)]
    labels = GroupLabels()
    return UsageReport(
        by=by,
        rows=tuple([_row(item, by, labels) for item in shown]),
        matched=len(within),
        total=reduce(add, [item.share for item in shown], Share(0, 0)),
        as_of=as_of,
        remarks=frozenset(remarks | _remarks(shown, as_of)),
        matched_before_limit=len(items),
    )


def _row(item: ReportItem, by: tuple[Dimension, ...], labels: GroupLabels) -> ReportRow:
    entries = common(item.groups, labels)
    for dimension in by:
        if dimension not in entries:  # the rows have no value for this dimension
            entries[dimension] = Entry(dimension, "", "")
    return ReportRow(entries, item.share)


def _names(item: ReportItem, by: tuple[Dimension, ...]) -> list[str]:
    return [item.groups[0].name(dimension).casefold() for dimension in by]


def _by_share(share: Share, *, lowest_first: bool) -> tuple[bool, float, int]:
    """Return a sort key. Of equal ratios, more licenses come first.

    The sort is stable, so names stay in order.
    """
    fraction = share.fraction
    if fraction is None:
        return True, 0.0, -share.active
    return False, fraction if lowest_first else -fraction, -share.qualified


def _lowest_first(limit: ShareRange | None, order: TopBottom | None) -> bool:
    if order is not None:
        return order.lowest
    return limit is None or limit.high is not None


def _remarks(shown: Sequence[ReportItem], as_of: tuple[ServiceDate, ...]) -> set[Remark]:
    holds = {
        Remark.OVER_FULL: any((item.share.fraction or 0) > 1 for item in shown),
        Remark.NONE_QUALIFIED: any(not item.share.qualified for item in shown),
        Remark.SUMMED_PRODUCTS: any(_several_products(item.groups) for item in shown),
        Remark.MIXED_DAYS: len({entry.day for entry in as_of}) > 1,
    }
    return {remark for remark, true in holds.items() if true}


def _several_products(groups: Sequence[RowGroup]) -> bool:
    if any(group.several(Dimension.PRODUCT) for group in groups):
        return True
    return len(groups) > 1 and len({identity(group.sample, Dimension.PRODUCT) for group in groups}) > 1
