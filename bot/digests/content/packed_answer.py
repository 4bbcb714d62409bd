"""An answer as bytes, so that a run can continue with it after a crash. Pure.

It holds names of customers, so it is stored encrypted.
"""

import zlib
from datetime import date

import msgspec

from bot.commands.command import Usage
from bot.commands.command_document import read, write
from bot.domain.figures import LicenseFigures
from bot.domain.licensing import Dimension, Entry, ServiceDate
from bot.errors import FilterError
from bot.query.filters.filter_compiler import compile_filter
from bot.query.filters.filter_parser import parse_filter
from bot.query.reports.report_comparison import RowChange
from bot.query.reports.report_gaps import NO_GAPS, Gaps
from bot.query.reports.usage_report import Remark, ReportRow, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.compared.compared_figures import ComparedFigures
from bot.usage.query_plan import LeftOut, OwnScope, QueryPlan, report_of
from bot.usage.usage_answer import UsageAnswer

# Twice the size of an answer with a hundred thousand rows. Larger data is not unpacked.
LARGEST = 100_000_000


class _Row(msgspec.Struct, array_like=True):
    entries: dict[Dimension, Entry]
    figures: LicenseFigures
    days: tuple[date, ...] = ()
    unknown: int = 0


class _Compared(msgspec.Struct, forbid_unknown_fields=True):
    """The figures of the earlier day, without its rows: those of the answer are in `changes`."""

    day: date
    changes: list[RowChange]
    gone: list[_Row]
    total_known: bool
    nothing: bool
    matched: int
    total: LicenseFigures
    as_of: tuple[ServiceDate, ...]
    gaps: Gaps


class _Kept(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, tag_field="v", tag=3):
    """Version 3: `command` is a command document, figures have what is unused."""

    command: str
    filter: str
    processed: date | None
    by: tuple[Dimension, ...]
    scope: tuple[Entry, ...]
    excluded: tuple[Entry, ...]
    rows: list[_Row]
    matched: int
    total: LicenseFigures
    as_of: tuple[ServiceDate, ...]
    remarks: list[Remark]
    matched_before_limit: int
    gaps: Gaps = NO_GAPS
    compared: _Compared | msgspec.UnsetType = msgspec.UNSET
    unknown: list[tuple[str, ...]] = []
    own: OwnScope | None = None
    left_out: LeftOut | None = None


def pack(answer: UsageAnswer) -> bytes:
    """Return all that `unpack` needs, as bytes.

    Takes a tenth of a second for fifty thousand rows.
    """
    query, report = answer.plan.query, answer.report
    kept = _Kept(
        command=write(answer.command),
        filter="" if query.expression is None else compile_filter(query.expression),
        processed=query.processed,
        by=report.by,
        scope=answer.plan.scope,
        excluded=answer.plan.excluded,
        rows=[_packed_row(row) for row in report.rows],
        matched=report.matched,
        total=report.total,
        as_of=report.as_of,
        remarks=sorted(report.remarks),
        matched_before_limit=report.matched_before_limit,
        gaps=report.gaps,
        compared=_packed(answer.compared),
        unknown=sorted(report.unknown),
        own=answer.plan.own,
        left_out=answer.plan.left_out,
    )
    return zlib.compress(msgspec.json.encode(kept), level=1)


def unpack(data: bytes | None) -> UsageAnswer | None:
    """Return the answer that `pack` wrote.

    Returns None if `data` is None or anything else, also what earlier releases packed: their sums do not say what is
    unused. The run then fetches its answer again.
    """
    try:
        kept = msgspec.json.decode(inflated(data or b""), type=_Kept)
        expression = parse_filter(kept.filter) if kept.filter else None
    except (msgspec.MsgspecError, zlib.error, UnicodeDecodeError, RecursionError, FilterError):
        return None
    command = read(kept.command)
    if not isinstance(command, Usage):
        return None
    report = UsageReport(
        by=kept.by,
        rows=tuple(ReportRow(row.entries, row.figures, row.days, row.unknown) for row in kept.rows),
        matched=kept.matched,
        total=kept.total,
        as_of=kept.as_of,
        remarks=frozenset(kept.remarks),
        matched_before_limit=kept.matched_before_limit,
        gaps=kept.gaps,
        unknown=frozenset(kept.unknown),
    )
    asked = UsageQuery(expression, processed=kept.processed, report=report_of(command))
    plan = QueryPlan(asked, kept.by, kept.scope, kept.excluded, kept.own, kept.left_out)
    return UsageAnswer(command, plan, report, _unpacked(kept.compared, kept.by))


def _packed_row(row: ReportRow) -> _Row:
    return _Row(dict(row.entries), row.figures, row.days, row.unknown)


def _packed(compared: ComparedFigures | None) -> _Compared | msgspec.UnsetType:
    if compared is None:
        return msgspec.UNSET
    before = compared.before
    return _Compared(
        compared.day,
        list(compared.changes),
        [_packed_row(row) for row in compared.gone],
        compared.total_known,
        compared.nothing,
        before.matched,
        before.total,
        before.as_of,
        before.gaps,
    )


def _unpacked(kept: _Compared | msgspec.UnsetType, by: tuple[Dimension, ...]) -> ComparedFigures | None:
    if isinstance(kept, msgspec.UnsetType):
        return None
    gone = tuple(ReportRow(row.entries, row.figures, row.days, row.unknown) for row in kept.gone)
    before = UsageReport(by, (), kept.matched, kept.total, kept.as_of, frozenset(), gaps=kept.gaps)
    return ComparedFigures(kept.day, before, tuple(kept.changes), gone, kept.total_known, kept.nothing)


def inflated(data: bytes) -> bytes:
    """Return what was compressed, at most `LARGEST` bytes.

    Raises zlib.error for anything else.
    """
    inflater = zlib.decompressobj()
    inflated = inflater.decompress(data, LARGEST)
    if not inflater.eof:
        raise zlib.error
    return inflated
