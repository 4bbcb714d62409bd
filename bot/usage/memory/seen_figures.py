"""The figures that each person has seen.

With them, a trend may show days of which Partner Center has no figures any more.

Only of questions about one customer: when the newest figures of the same question have just been fetched with the
person's own token, the person may see that customer. A total of several customers could hold some that the person may
not see any more.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from bot.commands.command import Usage
from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension
from bot.query.filters.filter_compiler import compile_filter
from bot.query.filters.row_selection import EVERYTHING
from bot.query.reports.day_figures import DayFigures
from bot.query.reports.usage_report import UsageReport
from bot.usage.query_plan import QueryPlan


class SeenFigures(Protocol):
    """Keeps figures by person and scope. No method raises, but `forget`."""

    async def keep(self, caller: Caller, scope: str, found: DayFigures) -> None:
        """Store figures that this person has just fetched."""
        ...

    async def of(self, caller: Caller, scope: str) -> Sequence[DayFigures]:
        """Return what this person has seen of a scope; () if it cannot be read."""
        ...

    async def forget(self, caller: Caller) -> None:
        """Erase what this person has seen. Raises StoreError."""
        ...


class NoSeenFigures:
    """For a bot that keeps nothing."""

    async def keep(self, caller: Caller, scope: str, found: DayFigures) -> None:
        """Nothing is kept."""

    async def of(self, caller: Caller, scope: str) -> Sequence[DayFigures]:  # noqa: ARG002
        """Return nothing."""
        return ()

    async def forget(self, caller: Caller) -> None:
        """There is nothing to erase."""


async def keep_seen(
    figures: SeenFigures, caller: Caller, scope: str, found: Iterable[DayFigures], is_forgotten: Callable[[], bool]
) -> bool:
    """Store what a person has just fetched. Return True if it is kept.

    If the person is forgotten in the same moment, what was written is erased, too. Raises StoreError.
    """
    if is_forgotten():
        return False
    for each in found:
        await figures.keep(caller, scope, each)
    if is_forgotten():
        await figures.forget(caller)
        return False
    return True


def scope_of(plan: QueryPlan) -> str | None:
    """Return what the figures of a question are of, as a text.

    None if it is not about one customer, or if it is about a list of the person, which changes.
    """
    if plan.own is not None:
        return None
    customers = {entry.id for entry in plan.scope if entry.dimension is Dimension.CUSTOMER}
    if len(customers) != 1 or "" in customers or plan.query.expression is None:
        return None
    without = "" if plan.query.trials else " without trials"
    return compile_filter(plan.query.expression) + without


def seen_in(command: Usage, report: UsageReport) -> DayFigures | None:
    """Return the figures of an answer that may be kept.

    None if they are of sold licenses, or if its rows are selected, incomplete, or of one workload that is not known.
    """
    gaps = report.gaps
    narrowed = command.selection != EVERYTHING or command.order is not None
    if narrowed or command.versus is not None or command.seats is not None:
        return None
    if not report.rows or not report.as_of or gaps.may_be_incomplete or gaps.unusable or gaps.unknown:
        return None
    days = [each.day for each in report.as_of]
    day, oldest = max(days), (min(days) if min(days) < max(days) else None)
    if report.total.withheld:
        return DayFigures(day, report.total, oldest=oldest)
    named = {entry for row in report.rows if (entry := row.entries.get(Dimension.WORKLOAD)) is not None}
    return DayFigures(day, report.total, tuple(named), oldest=oldest) if len(named) == 1 else None
