"""Which lines dropped below a percentage since the last run of a digest. Pure.

The last run may have posted nothing.
"""

from dataclasses import replace

from bot.commands.command import Usage
from bot.commands.list_shape import EVERY_ROW
from bot.digests.content.previous_totals import ITEMS, NO_ID, PreviousTotals, identified, key_of
from bot.domain.figures import Licenses
from bot.query.filters.share_filter import ShareRange
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.usage.usage_view import selected


def is_below(share: float, licenses: Licenses) -> bool:
    """Return True if the percentage of the licenses is below that."""
    return ShareRange(high=share, high_included=False).admits(licenses)


def is_news(share: float, row: ReportRow, report: UsageReport, asked: Usage, before: PreviousTotals | None) -> bool:
    """Return True if the row, which is below it, was not in the last run.

    A row that is new counts. One that cannot be found again does not, or it would count each time: a customer without
    an id, and a row that may have been left out of the earlier figures.
    """
    if before is None or not identified(row, report.by):
        return False
    key = key_of(row, report.by)
    if (since := before.later.get(key)) is not None:
        return not is_below(share, since)
    earlier = before.items.get(key)
    if earlier is None:
        return before.whole and not before.cut and _left_out_higher(share, asked, before)
    return earlier.figures is None or key in before.unknown or not is_below(share, earlier.figures.sums)


def _left_out_higher(share: float, asked: Usage, before: PreviousTotals) -> bool:
    """Return True if a row that was not listed cannot have been below the percentage."""
    if not selected(asked):
        return True
    if asked.amounts or (asked.versus is not None and asked.versus.only is not None):
        return False
    limit, order = asked.limit, asked.order
    if limit is not None and (limit.low is not None or limit.high is None or limit.high < share):
        return False
    if order is None or order.count >= EVERY_ROW:
        return True
    # Of the lowest ones, if not all were below the percentage: the rows that were left out were higher.
    kept = [each.figures.sums for each in before.items.values() if each.figures is not None]
    by_share = order.lowest and order.measure is None and not order.by_name
    return by_share and any(licenses.qualified and not is_below(share, licenses) for licenses in kept)


def after_run(share: float, before: PreviousTotals | None, now: PreviousTotals) -> PreviousTotals | None:
    """Return the totals of the last digest, with the lines that are no longer below.

    It is None if nothing is to be stored. A run that posts nothing stores them, so that a line that drops once more is
    reported again; a run that is repeated stores the same.
    """
    if before is None or before.total is None or not before.compares_with(now):  # stored without what is unused
        return None
    later = dict(before.later)
    for key, item in now.items.items():
        if key.startswith(NO_ID) or key in now.unknown or item.figures is None or is_below(share, item.figures.sums):
            continue
        earlier = before.items.get(key)
        told = earlier is None or earlier.figures is None or is_below(share, earlier.figures.sums)
        if told and (key in later or len(later) < ITEMS):
            later[key] = item.figures.sums
    return None if later == before.later else replace(before, later=later)
