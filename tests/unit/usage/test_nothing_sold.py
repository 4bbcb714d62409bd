"""Without rows, the answer says whether nothing was sold, or nothing is known."""

from dataclasses import replace
from datetime import date

import pytest

from bot.commands.command import Usage
from bot.domain.figures import LicenseFigures
from bot.domain.report_kind import SeatMeasure
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.usage_report import Remark, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_answer import UsageAnswer, view
from cards.views.answer_views import ErrorView

SOLD = Usage(seats=SeatMeasure.SOLD)
ON_DAY = replace(SOLD, as_of=date(2018, 10, 14))
NOTHING = UsageReport((), (), 0, LicenseFigures(), (), frozenset({Remark.ALL_SUPPLIERS}))
OLDER = replace(NOTHING, remarks=frozenset({Remark.SUPERSEDED_API}), gaps=Gaps(incomplete=True))


@pytest.mark.parametrize(
    ("command", "report", "problem"),
    [
        (SOLD, NOTHING, "nothing_sold"),
        (ON_DAY, NOTHING, "nothing_sold_on_day"),
        (SOLD, OLDER, "sold_unknown"),
        (SOLD, replace(NOTHING, gaps=Gaps(incomplete=True)), "nothing_in_what_came"),
        (Usage(), OLDER, "nothing_in_what_came"),
    ],
)
def test_no_rows_of_sold_licenses_are_explained(command: Usage, report: UsageReport, problem: str) -> None:
    made = view(UsageAnswer(command, QueryPlan(UsageQuery(), (), ()), report), 12)
    assert isinstance(made, ErrorView)
    assert (made.problem, made.seats) == (problem, command.seats is not None)
