"""Whether what was fetched is posted, by the condition of a digest. Pure."""

from bot.commands.condition_document import from_stored
from bot.commands.run_condition import RunCondition
from bot.digests.content.previous_totals import PreviousTotals
from bot.digests.content.share_changes import changes
from bot.query.filters.share_filter import ShareRange
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.store.digests.digest_record import NOT_MET, UNCHANGED, Digest


def condition_of(digest: Digest) -> RunCondition:
    """Return what must hold, or the digest is not posted."""
    return from_stored(digest.only_if)


def why_not(condition: RunCondition, report: UsageReport, before: PreviousTotals | None, now: PreviousTotals) -> str:
    """Return why nothing is posted: `UNCHANGED`, `NOT_MET`, or "" if it is posted.

    `before` are the totals of the last digest that was posted, `now` is `PreviousTotals.of(report)`. It is posted if
    there is nothing to compare with, and if rows are missing: then it is unknown whether the condition holds.
    """
    if condition.is_always or not now.whole:
        return ""
    if condition.changed:
        return UNCHANGED if _is_same(before, now) else ""
    return "" if any(_holds(condition, row) for row in report.rows) else NOT_MET


def _is_same(before: PreviousTotals | None, now: PreviousTotals) -> bool:
    found = changes(before, now)
    if found is None or before is None or not before.whole or before.unknown != now.unknown:
        return False
    moved = found.idle or found.adopted or found.moves or found.came or found.gone
    return not moved and (before.matched, before.total) == (now.matched, now.total)


def _holds(condition: RunCondition, row: ReportRow) -> bool:
    if condition.below is not None:
        return ShareRange(high=condition.below, high_included=False).admits(row.figures.sums)
    return condition.unused_above is not None and row.figures.counts.unused > condition.unused_above
