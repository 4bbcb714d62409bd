"""The figures of a report as the cards show them. Pure."""

from bot.domain.figures import LicenseFigures
from bot.domain.licensing import Dimension
from bot.query.reports.usage_report import ReportRow, UsageReport
from cards.views.usage_views import Figures


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


def row_figures(row: ReportRow, report: UsageReport) -> Figures:
    """Return the figures of a row.

    Among rows of several workloads, a row of one workload names it.
    """
    entry = row.entries.get(Dimension.WORKLOAD)
    named = entry is not None and report.total.withheld and Dimension.WORKLOAD not in report.by
    return shown_figures(row.figures, entry.name if entry is not None and named else "")
