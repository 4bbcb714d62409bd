"""What an answer about "my customers" lacks. Pure."""

from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension
from bot.query.reports.usage_report import UsageReport
from bot.usage.query_plan import QueryPlan
from cards.views.usage_views import OwnScopeView


def own_view(plan: QueryPlan, report: UsageReport, *, complete: bool) -> OwnScopeView:
    """Return who has no figures, and who can no longer be seen.

    `complete`: all lines are there. Who has no figures is known only then, if no row may be missing, and if the lines
    are customers. Who is left out was not asked about.
    """
    if plan.own is None:
        return OwnScopeView()
    gone = tuple(each.name for each in plan.own.gone)
    if not complete or report.gaps.may_be_incomplete or Dimension.CUSTOMER not in report.by:
        return OwnScopeView(gone)
    entries = (row.entries.get(Dimension.CUSTOMER) for row in report.rows)
    there = {folded_id(each.id) for each in (*entries, *plan.excluded) if each is not None}
    return OwnScopeView(gone, tuple(each.label for each in plan.own.seen if folded_id(each.id) not in there))
