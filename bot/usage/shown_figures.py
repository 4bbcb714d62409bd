"""The figures of a report as the cards show them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot.domain.figure_age import figure_age
from bot.domain.figures import LicenseFigures
from bot.domain.licensing import Dimension
from bot.query.reports.usage_report import ReportRow, UsageReport
from cards.views.usage_views import AgeView, Figures, UsageItem, UsageView


def shown_figures(figures: LicenseFigures, workload: str = "") -> Figures:
    """Return `figures` for a card.

    `workload` is the name of the only workload, "" if the reader knows it.
    """
    counts = figures.counts
    return Figures(
        percent=figures.percent,
        active=counts.used,
        qualified=counts.qualified,
        unused=counts.unused,
        beyond=counts.beyond,
        workload=workload if figures.worst is None else figures.worst.workload.name,
        several=figures.withheld,
    )


def age_of(days: Iterable[date], today: date | None) -> AgeView | None:
    """Return how old the figures are if they are old.

    `some` if those beside them have another age.
    """
    found = sorted(days)
    if not found or today is None or (age := figure_age(found[0], today)) is None:
        return None
    return AgeView(age.unit, age.count, some=figure_age(found[-1], today) != age)


def row_figures(rows: Iterable[ReportRow], report: UsageReport) -> list[Figures]:
    """Return the figures of rows of `report`.

    Among rows of several workloads, a row of one workload names it.
    """
    named = report.total.withheld and Dimension.WORKLOAD not in report.by
    return [shown_figures(row.figures, _workload(row) if named else "") for row in rows]


def _workload(row: ReportRow) -> str:
    entry = row.entries.get(Dimension.WORKLOAD)
    return "" if entry is None else entry.name


def items_of(rows: Sequence[ReportRow], report: UsageReport) -> tuple[UsageItem, ...]:
    """Return rows of a report as a card shows them."""
    return tuple(_item(row, report, figures) for row, figures in zip(rows, row_figures(rows, report), strict=True))


def _item(row: ReportRow, report: UsageReport, figures: Figures) -> UsageItem:
    """Return a row: the first dimension is its name, the others are its detail."""
    parts = [row.entries[dimension].label for dimension in report.by if dimension in row.entries]
    if not parts:
        parts = [entry.label for entry in row.entries.values()][:1]
    return UsageItem(parts[0] if parts else "", " · ".join(parts[1:]) or None, figures, row.days, unknown=row.unknown)


def named_by_product(view: UsageView) -> UsageView:
    """Return the view of one workload with the names of products as those of its rows.

    The heading names the workload.
    """
    gone = () if view.compared is None else view.compared.gone
    every = (*view.items, *gone)
    if view.by[:2] != (Dimension.WORKLOAD.value, Dimension.PRODUCT.value) or view.matched < 2:
        return view
    if len({item.name for item in every}) > 1 or not all(item.detail for item in every):
        return view
    compared = view.compared and replace(view.compared, gone=tuple(map(_by_product, gone)))
    return replace(view, by=view.by[1:], items=tuple(map(_by_product, view.items)), compared=compared)


def _by_product(item: UsageItem) -> UsageItem:
    return replace(item, name=item.detail or item.name, detail=None)
