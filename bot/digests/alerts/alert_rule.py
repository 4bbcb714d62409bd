"""When an alert speaks of a line, and when it may do so again. Pure.

A line is reported when it comes within the limit of the alert. It is reported again only after it left the limit by a
margin: 2 percentage points, or a tenth of the number of licenses, at least one. So figures that go up and down around
the limit are reported once.
"""

from dataclasses import dataclass, replace

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Usage
from bot.commands.list_shape import EVERY_ROW
from bot.domain.figures import LicenseFigures, LicenseMeasure, Licenses
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.row_selection import RowSelection
from bot.query.filters.share_filter import ShareRange, TopBottom

SHARE_MARGIN = 0.02  # 2 percentage points
AMOUNT_MARGIN = 10  # one of so many licenses


@dataclass(frozen=True, slots=True)
class AlertRule:
    """The limit of an alert, which is that of its question."""

    limit: RowSelection

    @property
    def kept(self) -> RowSelection:
        """Return the limit with its margin.

        A line that is outside of it may be reported again.
        """
        limit = self.limit.limit
        amounts = tuple(_wider_amount(each) for each in self.limit.amounts)
        return RowSelection(None if limit is None else _wider_share(limit), amounts)

    def is_over(self, figures: LicenseFigures) -> bool:
        """Return True if the line is within the limit."""
        return _admits(self.limit, figures)

    def is_back(self, figures: LicenseFigures) -> bool:
        """Return True if the line has left the limit, and the margin beside it."""
        return not _admits(self.kept, figures)

    def judges(self, figures: LicenseFigures) -> bool:
        """Return True if the figures say whether the line is within the limit.

        Without a qualified license there is no percentage, and so nothing to compare.
        """
        return self.limit.asks_workloads or bool(figures.sums.qualified)

    def tested(self, figures: LicenseFigures) -> Licenses:
        """Return the licenses that are compared with the limit.

        A percentage is of the whole line, a number of licenses of one workload.
        """
        return figures.counts if self.limit.asks_workloads else figures.sums


def watched(question: Usage) -> Usage:
    """Return the question that an alert asks at each check.

    It is about all lines, whether or not they are within the limit. Of several workloads, a line names the one
    that comes within the limit first.
    """
    bare = replace(question, limit=None, amounts=(), order=None)
    if question.kind is AnswerKind.RENEWALS:
        return bare
    limit, amounts = question.limit, question.amounts
    if limit is not None and limit.asks_beyond:
        return replace(bare, order=TopBottom(EVERY_ROW, measure=LicenseMeasure.BEYOND))
    if not amounts:
        return bare
    return replace(bare, order=TopBottom(EVERY_ROW, lowest=amounts[0].low is None, measure=amounts[0].measure))


def _admits(limit: RowSelection, figures: LicenseFigures) -> bool:
    if not limit.admits_row(figures.sums):
        return False
    return not limit.asks_workloads or limit.admits_workload(figures.counts)


def _wider_share(limit: ShareRange) -> ShareRange:
    """Return the bounds with the margin.

    A line can always leave them: at 0 % or at 100 %, if the margin goes that far. More than 100 % has no margin,
    because the percentage never shows it.
    """
    if limit.asks_beyond:
        return limit
    low = None if limit.low is None else max(round(limit.low - SHARE_MARGIN, 12), 0.0)
    high = None if limit.high is None else min(round(limit.high + SHARE_MARGIN, 12), 1.0)
    return ShareRange(low, high, low_included=False, high_included=False)


def _wider_amount(amount: AmountRange) -> AmountRange:
    low = None if amount.low is None else max(amount.low - max(amount.low // AMOUNT_MARGIN, 1), 1)
    high = None if amount.high is None else amount.high + max(amount.high // AMOUNT_MARGIN, 1)
    return AmountRange(amount.measure, low, high)
