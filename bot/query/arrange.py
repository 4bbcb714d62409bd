"""Groups -> the report: which items are told, in which order, with which remarks. Pure.

Without a limit or an order the items stand by name, one dimension after the other (for one customer: workload, then
product): that is where a reader looks for a name, and its place is the same the next day. Where the question was about
shares (`below`, `top`, ...), the items stand by share, the asked-for end first and "n/a" last.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import reduce
from operator import add

from bot.model import AsOf, Dimension, Entry, Share
from bot.query.group import Group, common, identity
from bot.query.report import Remark, ReportRow, UsageReport
from bot.query.selection import Limit, Order


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the report to be; `products_summed` says that its sums are over several products."""

    row: ReportRow
    products_summed: bool


def item(groups: Sequence[Group], by: tuple[Dimension, ...]) -> Item:
    """The item that the groups of one key (one group a service) make together."""
    entries = {dimension: groups[0].entry(dimension) for dimension in by} | common(groups)
    share = Share(sum(group.active for group in groups), sum(group.qualified for group in groups))
    products = {identity(group.sample, Dimension.PRODUCT) for group in groups}
    summed = len(products) > 1 or any(group.several(Dimension.PRODUCT) for group in groups)
    return Item(ReportRow(entries, share), summed)


def arrange(
    by: tuple[Dimension, ...],
    items: Iterable[Item],
    as_of: tuple[AsOf, ...],
    *,
    limit: Limit | None = None,
    order: Order | None = None,
    remarks: Set[Remark] = frozenset(),
) -> UsageReport:
    """The report of the items within `limit`, and of those the ones that `order` asks for."""
    every = sorted(items, key=lambda item: _names(item.row, by))
    within = [item for item in every if limit is None or limit.admits(item.row.share)]
    if limit is not None or order is not None:
        within.sort(key=lambda item: _by_share(item.row.share, lowest_first=_lowest_first(limit, order)))
    told = within if order is None else within[: max(order.count, 0)]
    return UsageReport(
        by=by,
        rows=tuple(item.row for item in told),
        matched=len(within),
        total=reduce(add, (item.row.share for item in told), Share(0, 0)),
        as_of=as_of,
        remarks=frozenset(remarks | _remarks(told, as_of)),
        matched_before_limit=len(every),
    )


def _names(row: ReportRow, by: tuple[Dimension, ...]) -> list[tuple[str, str, str]]:
    entries: list[Entry] = [row.entries[dimension] for dimension in by]
    return [(entry.name.casefold(), entry.name, entry.id) for entry in entries]


def _by_share(share: Share, *, lowest_first: bool) -> tuple[bool, float, int]:
    """Among equal shares the one with more licenses first: it weighs more. The sort keeps names in order after that."""
    fraction = share.fraction
    if fraction is None:
        return True, 0.0, -share.active
    return False, fraction if lowest_first else -fraction, -share.qualified


def _lowest_first(limit: Limit | None, order: Order | None) -> bool:
    if order is not None:
        return order.lowest
    return limit is None or limit.high is not None


def _remarks(items: Sequence[Item], as_of: tuple[AsOf, ...]) -> set[Remark]:
    shares = [item.row.share for item in items]
    holds = {
        Remark.OVER_FULL: any((share.fraction or 0) > 1 for share in shares),
        Remark.NONE_QUALIFIED: any(share.fraction is None for share in shares),
        Remark.SUMMED_PRODUCTS: any(item.products_summed for item in items),
        Remark.MIXED_DAYS: len({entry.day for entry in as_of}) > 1,
    }
    return {remark for remark, true in holds.items() if true}
