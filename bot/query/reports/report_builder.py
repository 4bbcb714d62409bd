"""Groups -> the report: choose the items, their order and the remarks. Pure.

Items with most unused licenses come first, of equal ones the first by name. If an item is of several workloads, the
largest number of one workload counts. `top` and `bottom` sort by percentage, "n/a" last, or by a number of licenses:
the requested end first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import date
from types import MappingProxyType

from bot.domain.figures import LicenseFigures, LicenseMeasure
from bot.domain.licensing import Dimension
from bot.query.filters.row_selection import EVERYTHING, RowSelection
from bot.query.filters.share_filter import TopBottom
from bot.query.reports.added_products import adds_products
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.report_items import Key, ReportItem
from bot.query.reports.usage_report import Remark, ReportRow, UsageReport
from bot.query.reports.workload_figures import beyond, figures_of, merged
from bot.query.sums.row_sums import RowSums
from bot.query.sums.service_dates import ServiceDay, are_mixed, as_of

# Says what the figures of items leave out, by their keys; None means all items.
GapsOf = Callable[[Set[Key] | None], Gaps]
_ALL_KNOWN: Mapping[Key, int] = MappingProxyType({})


def build_report(
    by: tuple[Dimension, ...],
    gathered: Iterable[tuple[Key, Sequence[RowSums]]],
    gaps_of: GapsOf,
    *,
    wanted: date | None = None,
    selection: RowSelection = EVERYTHING,
    order: TopBottom | None = None,
    remarks: Set[Remark] = frozenset(),
    unknown: Mapping[Key, int] = _ALL_KNOWN,
) -> UsageReport:
    """Build the report of the items that `selection` admits, reduced as `order` says.

    `gathered` has the sums of each item by its key. `wanted` is the day that was asked for. `unknown`
    has the number of unknown rows of each item.
    """
    measure = selection.measure if order is None or order.measure is None else order.measure
    items = [_item(by, key, sums, measure, selection, order) for key, sums in gathered]
    within = [item for item in items if selection is EVERYTHING or _admitted(item, selection)]
    within.sort(key=lambda item: (item.names(), item.key))
    if order is None:
        within.sort(key=lambda item: -measure.of(item.figures.counts))
    elif order.by_name:
        pass
    elif order.measure is None:
        within.sort(key=lambda item: _by_share(item.figures, lowest_first=order.lowest))
    else:
        within.sort(key=lambda item: _by_number(item.figures, measure, lowest_first=order.lowest))
    shown = within if order is None else within[: max(order.count, 0)]
    days = {each.key.service for item in shown for each in item.sums}
    total = merged([each for item in shown for each in item.sums])
    return UsageReport(
        by=by,
        rows=tuple([_row(item, unknown.get(item.key, 0)) for item in shown]),
        matched=len(within),
        # Conditions on numbers of licenses are about single items.
        total=figures_of(total, selection.measure, RowSelection(selection.limit)),
        as_of=as_of(days),
        remarks=frozenset(remarks | _remarks(shown, days, wanted)),
        matched_before_limit=len(items),
        gaps=gaps_of(None if len(shown) == len(items) else {item.key for item in shown}),
        unknown=frozenset(unknown),
    )


def _item(
    by: tuple[Dimension, ...],
    key: Key,
    sums: Sequence[RowSums],
    measure: LicenseMeasure,
    selection: RowSelection,
    order: TopBottom | None,
) -> ReportItem:
    workloads = merged(sums)
    smallest = order is not None and order.measure is not None and order.lowest
    return ReportItem(by, key, sums, workloads, figures_of(workloads, measure, selection, smallest=smallest))


def _admitted(item: ReportItem, selection: RowSelection) -> bool:
    if not selection.admits_row(item.figures.sums):
        return False
    return not selection.asks_workloads or any(selection.admits_workload(each.licenses) for each in item.workloads)


def _row(item: ReportItem, unknown: int) -> ReportRow:
    days = {each.key.service.day for each in item.sums}
    known_days = tuple(sorted(day for day in days if day is not None))
    return ReportRow(item.entries(), item.figures, known_days, unknown, item.key)


def _by_share(figures: LicenseFigures, *, lowest_first: bool) -> tuple[bool, float, int]:
    """Return a sort key. Of equal shares, more licenses come first.

    The sort is stable, so names stay in order.
    """
    share = figures.share
    if share is None:
        return True, 0.0, -figures.counts.active
    return False, share if lowest_first else -share, -figures.counts.qualified


def _by_number(figures: LicenseFigures, measure: LicenseMeasure, *, lowest_first: bool) -> tuple[int, int]:
    """Return a sort key. Of equal numbers, more licenses come first."""
    number = measure.of(figures.counts)
    return number if lowest_first else -number, -figures.counts.qualified


def _remarks(shown: Sequence[ReportItem], days: Set[ServiceDay], wanted: date | None) -> set[Remark]:
    holds = {
        Remark.OVER_FULL: any(beyond(each) > 0 for item in shown for each in item.workloads),
        Remark.NONE_QUALIFIED: any(not item.figures.sums.qualified for item in shown),
        Remark.SUMMED_PRODUCTS: adds_products(shown),
        Remark.MIXED_DAYS: are_mixed(days, wanted),
    }
    return {remark for remark, true in holds.items() if true}
