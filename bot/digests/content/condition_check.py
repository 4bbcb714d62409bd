"""Whether what was fetched is posted, by the condition of a digest, and why. Pure."""

from bot.commands.command import Usage
from bot.commands.documents.condition_document import from_stored
from bot.commands.run_condition import RunCondition
from bot.digests.content.dropped_lines import is_below, is_news
from bot.digests.content.previous_totals import PreviousTotals
from bot.digests.content.share_changes import changes
from bot.domain.licensing import Dimension
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.store.digests.digest_record import NOT_MET, UNCHANGED, Digest
from cards.views.digest_views import BecauseView, ConditionView

FIRST, UNKNOWN = "first", "unknown"


def condition_of(digest: Digest) -> RunCondition:
    """Return what must hold, or the digest is not posted."""
    return from_stored(digest.only_if)


def condition_view(condition: RunCondition) -> ConditionView | None:
    """Return the condition as a card shows it; None if the digest is always posted."""
    if condition.is_always:
        return None
    below, drops_below = (
        None if share is None else round(share * 100, 10) for share in (condition.below, condition.drops_below)
    )
    return ConditionView(condition.changed, below, condition.unused_above, drops_below, condition.crosses)


def why_not(
    condition: RunCondition, asked: Usage, report: UsageReport, before: PreviousTotals | None, now: PreviousTotals
) -> str:
    """Return why nothing is posted: `UNCHANGED`, `NOT_MET`, or "" if it is posted.

    `report` answers `asked`. `before` are the totals of the last digest that was posted, `now` is
    `PreviousTotals.of(report)`. It is posted if there is nothing to compare with, and if rows are missing: then it is
    unknown whether the condition holds.
    """
    if condition.is_always or not now.whole:
        return ""
    if condition.changed:
        return UNCHANGED if _is_same(before, now) else ""
    if _is_first(condition, before, now):
        return ""
    return "" if any(_holds(condition, row, report, asked, before) for row in report.rows) else NOT_MET


def why(
    condition: RunCondition, asked: Usage, report: UsageReport, before: PreviousTotals | None, now: PreviousTotals
) -> BecauseView | None:
    """Return why it is posted, for the card; None if it always is."""
    shown = condition_view(condition)
    if shown is None:
        return None
    if not now.whole or _is_first(condition, before, now):
        return BecauseView(shown, UNKNOWN if not now.whole else FIRST)
    met = 0 if condition.changed else sum(_holds(condition, row, report, asked, before) for row in report.rows)
    return BecauseView(shown, lines=met, of_customers=report.by == (Dimension.CUSTOMER,))


def _is_first(condition: RunCondition, before: PreviousTotals | None, now: PreviousTotals) -> bool:
    """Return True if there is no digest before it that a condition could be about."""
    compares = condition.changed or condition.drops_below is not None
    return compares and (before is None or not before.compares_with(now))


def _is_same(before: PreviousTotals | None, now: PreviousTotals) -> bool:
    found = changes(before, now)
    if found is None or before is None or not before.whole or before.unknown != now.unknown:
        return False
    moved = found.idle or found.adopted or found.moves or found.came or found.gone
    return not moved and (before.matched, before.total) == (now.matched, now.total)


def _holds(
    condition: RunCondition, row: ReportRow, report: UsageReport, asked: Usage, before: PreviousTotals | None
) -> bool:
    if condition.below is not None:
        return is_below(condition.below, row.figures.sums)
    if (share := condition.drops_below) is not None:
        return is_below(share, row.figures.sums) and is_news(share, row, report, asked, before)
    return condition.unused_above is not None and row.figures.counts.unused > condition.unused_above
