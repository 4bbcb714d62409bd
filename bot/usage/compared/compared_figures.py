"""The figures of a day compared with those of an earlier one. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.commands.command import Usage
from bot.names.name_index import NameIndex
from bot.query.filters.row_selection import EVERYTHING
from bot.query.reports.report_comparison import (
    DayFigures,
    RowChange,
    compared_rows,
    first_rows,
    moved_first,
    total_is_known,
)
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.reports.usage_report import Remark, ReportRow, UsageReport
from bot.usage.distinct_entries import with_details


@dataclass(frozen=True, slots=True)
class ComparedFigures:
    """What is known of the earlier day.

    `day` was asked for; `before` has the figures of it in the same scope, and its total is of the same rows as that of
    the answer. `changes` has one entry for each row of the answer. `gone` are the rows of the earlier day alone.
    `total_known`: both totals leave nothing out. `nothing`: there are no figures of the earlier day.
    """

    day: date
    before: UsageReport
    changes: tuple[RowChange, ...]
    gone: tuple[ReportRow, ...]
    total_known: bool = True
    nothing: bool = False


def compared_report(
    command: Usage, day: date, earlier: RowAggregator, later: RowAggregator, remarks: Iterable[Remark]
) -> tuple[UsageReport, ComparedFigures]:
    """Return the report of the later day, and what it is compared with.

    Its rows are in the order of their changes. An order by percentage or licenses stays, unless only what moved is
    asked for: then its count is of the largest moves.
    """
    only = None if command.versus is None else command.versus.only
    order = command.order if only is None else None
    before = DayFigures(earlier.report(), earlier.unknown_items())
    after = DayFigures(later.report(command.selection, order, remarks), later.unknown_items())
    rows = compared_rows(before, after)
    if not before.report.rows:  # nothing is known of that day: nothing is new
        return after.report, ComparedFigures(day, before.report, (), (), total_known=False, nothing=True)
    if order is None:
        rows = moved_first(rows, only)
        if command.order is not None:
            rows = first_rows(rows, command.order.count)
    narrowed = command.selection != EVERYTHING or command.order is not None
    report = replace(after.report, rows=rows.rows, matched=len(rows.rows))
    known = before.report
    if narrowed or only is not None:
        keys = frozenset(row.key for row in rows.rows)
        if only is not None:
            report = replace(report, total=later.report(command.selection, only=keys).total)
        known = replace(known, total=earlier.report(only=keys).total)
    gone = () if narrowed else rows.gone
    return report, ComparedFigures(day, known, rows.changes, gone, total_is_known(before, after))


def with_shared_details(
    report: UsageReport, compared: ComparedFigures, names: NameIndex | None
) -> tuple[UsageReport, ComparedFigures]:
    """Return both with a `detail` in each entry whose name looks like another's.

    The other may be of either day.
    """
    every = with_details(replace(report, rows=(*report.rows, *compared.gone)), names)
    count = len(report.rows)
    return replace(every, rows=every.rows[:count]), replace(compared, gone=every.rows[count:])


def is_same_day(report: UsageReport, compared: ComparedFigures) -> bool:
    """Return True if both reports have the figures of the same days."""
    return bool(report.as_of) and set(report.as_of) == set(compared.before.as_of)
