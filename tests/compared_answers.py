"""Answers that compare two days, from the rows of each."""

from datetime import date

from bot.commands.command import Usage
from bot.domain.compared_days import Comparison
from bot.domain.licensing import Dimension, UsageRow
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.usage_query import UsageQuery
from bot.usage.compared.compared_figures import compared_report
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_answer import UsageAnswer

LATER, EARLIER = date(2018, 10, 14), date(2018, 9, 14)
# The name of a customer, its workload, active and qualified licenses; None if a count is unknown.
Row = tuple[str, str, int | None, int]


def question(**clauses: object) -> Usage:
    values: dict[str, object] = {"by": (Dimension.CUSTOMER,), "versus": Comparison(EARLIER)} | clauses
    return Usage(**values)  # type: ignore[arg-type]  # the caller names the fields


def compared_answer(
    before: list[Row], after: list[Row], command: Usage | None = None, *, day: date = EARLIER, newest: date = LATER
) -> UsageAnswer:
    """Return the answer to `command`, with rows of the days `day` and `newest`."""
    asked = command or question()
    earlier, later = _tally(asked, before, day), _tally(asked, after, newest)
    report, compared = compared_report(asked, asked.compared_day(LATER) or EARLIER, earlier, later, ())
    return UsageAnswer(asked, QueryPlan(UsageQuery(processed=asked.day), asked.by, ()), report, compared)


def _tally(asked: Usage, rows: list[Row], day: date) -> RowAggregator:
    tally = RowAggregator(asked.by)
    tally.add([row(*each, day) for each in rows])
    return tally


def row(customer: str, workload: str, active: int | None, qualified: int, day: date) -> UsageRow:
    return UsageRow(
        workload_code=workload.upper(),
        workload=workload,
        service_code="o365",
        service="Microsoft Office 365",
        channel="reseller",
        customer_id=f"id-{customer}",
        customer=customer,
        product_id="E3",
        product="OFFICE 365 ENTERPRISE E3",
        processed=f"{day.isoformat()}T00:00:00",
        qualified=qualified,
        licenses_active=active,
    )
