"""Figures of samples, added as the bot adds them: a total is never written down. Pure."""

from collections.abc import Iterable

from bot.domain.figures import LicenseFigures, Licenses
from bot.query.reports.workload_figures import WorkloadSums, figures_of
from bot.query.sums.member_label import MemberLabel
from bot.usage.shown_figures import shown_figures
from cards.views.usage_views import Figures, UsageItem


def shown(active: int, qualified: int) -> Figures:
    """Return the figures of a row, counted as the bot counts them."""
    return shown_figures(LicenseFigures(Licenses.of(active, qualified)))


def together(every: Iterable[Figures]) -> Figures:
    """Return the figures of all these rows, which are of one workload."""
    return shown_figures(LicenseFigures(sum(map(licenses_in, every), Licenses())))


def total_of(items: Iterable[UsageItem]) -> Figures:
    """Return the total of a list, whose rows are of one workload."""
    return together(item.figures for item in items)


def of_workloads(*rows: tuple[str, int, int]) -> Figures:
    """Return the figures of rows of several workloads: (workload, active, qualified)."""
    sums: dict[str, WorkloadSums] = {}
    for name, active, qualified in rows:
        one = sums.setdefault(name, WorkloadSums(MemberLabel(name.casefold(), name, name)))
        row = Licenses.of(active, qualified)
        one.active += row.active
        one.qualified += row.qualified
        one.unused += row.unused
    return shown_figures(figures_of(tuple(sums.values())))


def licenses_in(figures: Figures) -> Licenses:
    """Return the numbers that the figures show."""
    return Licenses(figures.active + figures.beyond, figures.qualified, figures.unused)


def most_unused_first(items: Iterable[UsageItem]) -> tuple[UsageItem, ...]:
    """Return the rows in the order of a list."""
    return tuple(sorted(items, key=lambda item: (-item.figures.unused, item.name.casefold())))
