"""The figures of two days, item by item. Pure.

Items are the same if they have the same key. One that is in the report of one day only is new or gone, and never counts
as 0: it is not known whether it had licenses. If rows of it are unknown on either day, no change of it is known.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.compared_days import Movement
from bot.domain.figure_changes import Move, move, unchanged
from bot.domain.figures import LicenseFigures
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.usage_report import ReportRow, UsageReport

Key = tuple[str, ...]


class ChangeKind(StrEnum):
    """What is known of an item on both days."""

    CHANGED = "changed"
    SAME = "same"
    NEW = "new"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RowChange:
    """The earlier figures of an item with their days; None if they are not known."""

    kind: ChangeKind
    before: LicenseFigures | None = None
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The report of one day, and the keys of the items of which it leaves rows out."""

    report: UsageReport
    unknown: Container[Key] = ()

    @property
    def complete(self) -> bool:
        """Return True if an item that is not in the report had no rows."""
        return _is_complete(self.report.gaps)


@dataclass(frozen=True, slots=True)
class ComparedRows:
    """Rows of the later day, each with its change.

    `gone` are the rows that were on the earlier day only.
    """

    rows: tuple[ReportRow, ...]
    changes: tuple[RowChange, ...]
    gone: tuple[ReportRow, ...]


def compared_rows(before: DayFigures, after: DayFigures) -> ComparedRows:
    """Return the rows of `after` with what is known of each on the day before."""
    earlier = {row.key: row for row in before.report.rows if _is_known(row, before.report)}
    changes = tuple(_change(row, earlier, before, after) for row in after.report.rows)
    later = {row.key for row in after.report.rows}
    gone = [
        row
        for key, row in earlier.items()
        if after.complete and key not in later and key not in after.unknown
    ]  # fmt: skip
    return ComparedRows(after.report.rows, changes, tuple(gone))


def _change(row: ReportRow, earlier: Mapping[Key, ReportRow], before: DayFigures, after: DayFigures) -> RowChange:
    found = earlier.get(row.key) if _is_known(row, after.report) else None
    if row.key in before.unknown or row.key in after.unknown:
        return RowChange(ChangeKind.UNKNOWN)
    if found is None:
        certain = before.complete and _is_known(row, after.report)
        return RowChange(ChangeKind.NEW if certain else ChangeKind.UNKNOWN)
    kind = ChangeKind.SAME if unchanged(found.figures, row.figures) else ChangeKind.CHANGED
    return RowChange(kind, found.figures, found.days)


def _is_known(row: ReportRow, report: UsageReport) -> bool:
    """Return True if the item can be found in another report: it has an id."""
    return len(row.key) == len(report.by)


def _is_complete(gaps: Gaps) -> bool:
    return not (gaps.may_be_incomplete or gaps.unusable)


def total_is_known(before: DayFigures, after: DayFigures) -> bool:
    """Return True if the totals of both days leave nothing out."""
    return all(each.complete and not each.report.gaps.unknown for each in (before, after))


def moved_first(compared: ComparedRows, only: Movement | None) -> ComparedRows:
    """Return the rows in the order of their changes.

    Only those that moved as `only` says. The largest drop is first; the largest rise if only rises are wanted, the
    largest of both if any change is. Rows of which no change is known are last.
    """
    moves = [_moved(change, row) for change, row in zip(compared.changes, compared.rows, strict=True)]
    wanted = [at for at, each in enumerate(compared.changes) if only is None or _is_wanted(each, moves[at], only)]
    kept = sorted(wanted, key=lambda at: _rank(compared.changes[at], moves[at], only))
    return replace(
        compared,
        rows=tuple(compared.rows[at] for at in kept),
        changes=tuple(compared.changes[at] for at in kept),
        gone=() if only is Movement.IMPROVED else compared.gone,
    )


def _moved(change: RowChange, row: ReportRow) -> Move | None:
    return None if change.before is None else move(change.before, row.figures)


def _is_wanted(change: RowChange, moved: Move | None, only: Movement) -> bool:
    if moved is None:
        return only is Movement.CHANGED and change.kind is ChangeKind.NEW
    match only:
        case Movement.DROPPED:
            return moved < (0, 0)
        case Movement.IMPROVED:
            return moved > (0, 0)
    return change.kind is ChangeKind.CHANGED


_LAST = {ChangeKind.NEW: 1, ChangeKind.UNKNOWN: 2}


def _rank(change: RowChange, moved: Move | None, only: Movement | None) -> tuple[int, int, int]:
    if moved is None:
        return _LAST.get(change.kind, 2), 0, 0
    if only is Movement.IMPROVED:
        return 0, -moved.first, -moved.second
    if only is Movement.CHANGED:
        return 0, -abs(moved.first), -abs(moved.second)
    return 0, moved.first, moved.second


def first_rows(compared: ComparedRows, count: int) -> ComparedRows:
    """Return the first `count` of the rows."""
    return replace(compared, rows=compared.rows[:count], changes=compared.changes[:count])
