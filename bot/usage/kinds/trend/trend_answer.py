"""An answer that shows how figures developed. Pure."""

from dataclasses import dataclass

from bot.commands.command import Usage
from bot.usage.kinds.kind_answer import ShownPart
from bot.usage.kinds.trend.packed_trend import packed
from bot.usage.kinds.trend.trend_days import TrendPlan
from bot.usage.kinds.trend.trend_points import TrendPoint
from bot.usage.kinds.trend.trend_view import trend_view
from bot.usage.query_plan import QueryPlan
from cards.views.answer_views import View


@dataclass(frozen=True, slots=True)
class TrendAnswer:
    """The question, the days that were asked for, and what is known of each.

    `plan` has the names in it. `begun` is when it began, for `RecentReports.keep`.
    """

    command: Usage
    plan: QueryPlan
    days: TrendPlan
    points: tuple[TrendPoint, ...]
    begun: int | None = None

    @property
    def rows(self) -> int:
        """Return the number of points."""
        return len(self.points)

    def view(self, part: ShownPart) -> View:
        """Return what a card shows: all points, whatever part is asked for."""
        return trend_view(self.command, self.plan, self.days, self.points, part)

    def packed(self) -> bytes:
        """Return all that `bot.usage.kinds.trend.trend_asking.unpack` needs."""
        return packed(self.command, self.plan, self.days, self.points)
