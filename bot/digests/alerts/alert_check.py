"""One check of an alert: which lines crossed its limit since then. Pure.

A check that is repeated with the same figures finds nothing new, so it can be repeated after a crash.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.digests.alerts.alert_rule import AlertRule
from bot.digests.alerts.alert_state import AlertState, WatchedLine
from bot.digests.content.previous_totals import identified, key_of, keys_of_unknown
from bot.domain.figure_age import OLD_AFTER
from bot.domain.licensing import Dimension
from bot.query.reports.usage_report import ReportRow, UsageReport

INCOMPLETE, NOTHING, ENDED = "incomplete", "nothing", "ended"


@dataclass(frozen=True, slots=True)
class Crossing:
    """A line that is reported.

    `before` is what it was when it was last outside the limit, None if that is not known: it was over the limit at the
    first check, or is new. `again`: it may have been reported already.
    """

    key: str
    row: ReportRow
    before: WatchedLine | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class AlertFindings:
    """What a check found.

    `crossed` are the lines to report, `missing` those without figures now, and `back` those whose figures are back;
    each is reported once. `blind` is `INCOMPLETE` or `NOTHING` if no figure can be relied on, `ENDED` when that is
    over, else "". `over` has all lines that are over the limit, however old their figures are.
    """

    crossed: tuple[Crossing, ...] = ()
    missing: tuple[WatchedLine, ...] = ()
    back: tuple[WatchedLine, ...] = ()
    blind: str = ""
    over: tuple[ReportRow, ...] = ()

    @property
    def is_news(self) -> bool:
        """Return True if something is to be reported."""
        return bool(self.crossed or self.missing or self.back or self.blind)


@dataclass(slots=True)
class _Found:
    """What is found while the lines are looked at one by one."""

    by: tuple[Dimension, ...]
    lines: dict[str, WatchedLine]
    crossed: list[Crossing] = field(default_factory=list)
    missing: list[WatchedLine] = field(default_factory=list)
    back: list[WatchedLine] = field(default_factory=list)


def check(
    rule: AlertRule, limit: str, before: AlertState | None, report: UsageReport, today: date, left_out: str = ""
) -> tuple[AlertState, AlertFindings]:
    """Return the state after the check, and what it found.

    `limit` identifies the limit: after another one, the check is the first. Figures older than `OLD_AFTER` days count
    as missing, and so does a line of which rows are unknown. What is missing changes nothing else. `left_out` is a
    hash of what is left out of every answer: if another was left out before, lines that are gone are not missing.
    """
    first = before is None or before.limit != limit
    state = AlertState(limit, left_out=left_out) if first or before is None else before
    usable = _usable(report, today)
    over = tuple(row for row in report.rows if rule.judges(row.figures) and rule.is_over(row.figures))
    if blind := _blindness(report, usable, state):
        return replace(state, blind=True), AlertFindings(blind="" if state.blind else blind, over=over)
    found = _Found(report.by, dict(state.lines))
    for key, row in usable.items():
        _look(rule, key, row, state, found)
    if state.left_out != left_out:
        found.lines = {key: line for key, line in found.lines.items() if key in usable}
    _missing(usable, found)
    ended = ENDED if state.blind else ""
    told = AlertFindings(tuple(found.crossed), tuple(found.missing), tuple(found.back), ended, over)
    return replace(state, lines=found.lines, blind=False, left_out=left_out), told


def _usable(report: UsageReport, today: date) -> Mapping[str, ReportRow]:
    """Return the rows that can be found again, and whose figures are known and not old, by their keys."""
    if report.gaps.may_be_incomplete or report.gaps.unusable:
        return {}
    unknown = keys_of_unknown(report)
    rows = {key_of(row, report.by): row for row in report.rows if identified(row, report.by) and not row.unknown}
    return {key: row for key, row in rows.items() if key not in unknown and not _is_old(row, today)}


def _is_old(row: ReportRow, today: date) -> bool:
    return bool(row.days) and (today - max(row.days)).days > OLD_AFTER


def _blindness(report: UsageReport, usable: Mapping[str, ReportRow], state: AlertState) -> str:
    """Return why no figure can be relied on, "" if some can.

    Lines that were watched are missing one by one, so an answer without lines is only so at the beginning.
    """
    if report.gaps.may_be_incomplete or report.gaps.unusable:
        return INCOMPLETE
    return NOTHING if not usable and not state.lines else ""


def _look(rule: AlertRule, key: str, row: ReportRow, state: AlertState, found: _Found) -> None:
    """Compare a line with the limit, and with what it was before."""
    line = state.lines.get(key)
    if not rule.judges(row.figures):
        return
    seen = _seen(rule, row, found.by)
    if line is not None and line.blind:
        found.back.append(seen)
    over = rule.is_over(row.figures)
    kept = line is not None and line.over and not rule.is_back(row.figures)
    if over and line is not None and kept and line.doubtful:
        found.crossed.append(Crossing(key, row, again=True))
    elif over and not kept:
        found.crossed.append(Crossing(key, row, line))
    doubtful = kept and not over and line is not None and line.doubtful
    found.lines[key] = replace(seen, over=over or kept, doubtful=doubtful)


def _missing(usable: Mapping[str, ReportRow], found: _Found) -> None:
    """Mark the lines that were watched and have no figures now."""
    for key, line in list(found.lines.items()):
        if key in usable or line.blind:
            continue
        found.lines[key] = replace(line, blind=True)
        found.missing.append(line)


def _seen(rule: AlertRule, row: ReportRow, by: tuple[Dimension, ...]) -> WatchedLine:
    name = " · ".join(row.entries[each].label for each in by if each in row.entries)
    workload = row.figures.worst.workload.name if rule.limit.asks_workloads and row.figures.worst is not None else ""
    return WatchedLine(name, rule.tested(row.figures), workload, max(row.days, default=None))
