"""Groups -> the report: choose the items, their order and the remarks. Pure.

Items with most unused licenses come first, of equal ones the first by name. If an item is of several workloads, the
largest number of one workload counts. `top` and `bottom` sort by percentage, "n/a" last, or by a number of licenses:
the requested end first.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from bot.domain.figures import LicenseFigures, LicenseMeasure
from bot.domain.licensing import Dimension, Entry, ServiceDate
from bot.query.filters.row_selection import EVERYTHING, RowSelection
from bot.query.filters.share_filter import TopBottom
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.row_group import GroupLabels, RowGroup, WorkloadSums, common
from bot.query.reports.usage_report import Remark, ReportRow, UsageReport
from bot.query.reports.workload_figures import beyond, figures_of, merged

# The identities of an item's members, one text per dimension that the report is listed by.
Key = tuple[str, ...]


class ReportItem(NamedTuple):
    """A candidate row of the report: the groups of one key, one per service and day.

    Most items are not shown. `workloads` has the sums of each workload of the groups.
    """

    key: Key
    groups: Sequence[RowGroup]
    workloads: Sequence[WorkloadSums]
    figures: LicenseFigures


@dataclass(frozen=True, slots=True)
class ShownItems:
    """The items of an answer after its limits: their keys, and their groups."""

    keys: Set[Key]
    groups: Set[RowGroup]

    @classmethod
    def of(cls, items: Iterable[ReportItem]) -> "ShownItems":
        """Return the keys and groups of `items`."""
        every = tuple(items)
        return cls({item.key for item in every}, {group for item in every for group in item.groups})


class AnswerDays(Protocol):
    """The days of an answer, and what is missing in it.

    `shown` is None if all items are shown.
    """

    def as_of(self, shown: ShownItems | None) -> tuple[ServiceDate, ...]:
        """Return the days of each service with a shown item."""
        ...

    def gaps(self, shown: ShownItems | None) -> Gaps:
        """Return what the figures of the shown items leave out."""
        ...


def build_report(
    by: tuple[Dimension, ...],
    gathered: Sequence[tuple[Key, Sequence[RowGroup]]],
    days: AnswerDays,
    *,
    selection: RowSelection = EVERYTHING,
    order: TopBottom | None = None,
    remarks: Set[Remark] = frozenset(),
) -> UsageReport:
    """Build the report of the items that `selection` admits, reduced as `order` says.

    `gathered` has the groups of each item by its key. `days` are asked about the items that are shown.
    """
    measure = selection.measure if order is None or order.measure is None else order.measure
    items = [_item(key, groups, measure, selection, order) for key, groups in gathered]
    within = [item for item in items if selection is EVERYTHING or _admitted(item, selection)]
    within.sort(key=lambda item: (_names(item, by), item.key))
    if order is None:
        within.sort(key=lambda item: -measure.of(item.figures.counts))
    elif order.measure is None:
        within.sort(key=lambda item: _by_share(item.figures, lowest_first=order.lowest))
    else:
        within.sort(key=lambda item: _by_number(item.figures, measure, lowest_first=order.lowest))
    shown = within if order is None else within[: max(order.count, 0)]
    chosen = None if len(shown) == len(items) else ShownItems.of(shown)
    as_of = days.as_of(chosen)
    labels = GroupLabels()
    every = merged([group for item in shown for group in item.groups])
    return UsageReport(
        by=by,
        rows=tuple([_row(item, by, labels) for item in shown]),
        matched=len(within),
        # Conditions on numbers of licenses are about single items.
        total=figures_of(every, selection.measure, RowSelection(selection.limit)),
        as_of=as_of,
        remarks=frozenset(remarks | _remarks(shown, as_of)),
        matched_before_limit=len(items),
        gaps=days.gaps(chosen),
    )


def _item(
    key: Key,
    groups: Sequence[RowGroup],
    measure: LicenseMeasure,
    selection: RowSelection,
    order: TopBottom | None,
) -> ReportItem:
    workloads = merged(groups)
    smallest = order is not None and order.measure is not None and order.lowest
    return ReportItem(key, groups, workloads, figures_of(workloads, measure, selection, smallest=smallest))


def _admitted(item: ReportItem, selection: RowSelection) -> bool:
    if not selection.admits_row(item.figures.sums):
        return False
    return not selection.asks_workloads or any(selection.admits_workload(each.licenses) for each in item.workloads)


def _row(item: ReportItem, by: tuple[Dimension, ...], labels: GroupLabels) -> ReportRow:
    entries = common(item.groups, labels)
    for dimension in by:
        if dimension not in entries:  # the rows have no value for this dimension
            entries[dimension] = Entry(dimension, "", "")
    days = sorted({group.day for group in item.groups if group.day is not None})
    return ReportRow(entries, item.figures, tuple(days), item.key)


def _names(item: ReportItem, by: tuple[Dimension, ...]) -> list[str]:
    return [item.groups[0].name(dimension).casefold() for dimension in by]


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


def _remarks(shown: Sequence[ReportItem], as_of: tuple[ServiceDate, ...]) -> set[Remark]:
    holds = {
        Remark.OVER_FULL: any(beyond(each) > 0 for item in shown for each in item.workloads),
        Remark.NONE_QUALIFIED: any(not item.figures.sums.qualified for item in shown),
        Remark.SUMMED_PRODUCTS: _sums_products(group for item in shown for group in item.groups),
        Remark.MIXED_DAYS: len(set(_newest_days(as_of).values())) > 1,
    }
    return {remark for remark, true in holds.items() if true}


def _newest_days(as_of: tuple[ServiceDate, ...]) -> dict[str, date]:
    """Return the newest day of each service. Its older days are in the gaps, which have texts of their own."""
    newest: dict[str, date] = {}
    for entry in as_of:
        newest[entry.service] = max(entry.day, newest.get(entry.service, entry.day))
    return newest


def _sums_products(groups: Iterable[RowGroup]) -> bool:
    """Return True if products of one customer are added within a workload, in a line or in the total.

    Of a group with several customers or
    workloads any of them may be the sample, so they are no part of its place: the order of rows must not matter.
    """
    products: dict[tuple[str, str], str] = {}
    for group in groups:
        place = (_common(group, Dimension.CUSTOMER), _common(group, Dimension.WORKLOAD))
        product = _common(group, Dimension.PRODUCT)
        if group.several(Dimension.PRODUCT) or products.setdefault(place, product) != product:
            return True
    return False


def _common(group: RowGroup, dimension: Dimension) -> str:
    """Return the identity of the member that all rows of a group have, "" if they have several."""
    return "" if group.several(dimension) else group.texts.identity(group.sample, dimension)
