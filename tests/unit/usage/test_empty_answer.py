"""An answer without rows says why, and whether it is incomplete."""

from dataclasses import replace

import pytest

from bot.commands.command import Usage
from bot.domain.figures import LicenseFigures
from bot.query.filters.share_filter import ShareRange
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.usage_report import Remark, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_answer import UsageAnswer, view
from cards.views.answer_views import ErrorView

IDLE = Usage(limit=ShareRange(high=0.0))
WITHIN = UsageReport((), (), 0, LicenseFigures(), (), frozenset(), matched_before_limit=3)
FILTERED = replace(WITHIN, matched_before_limit=0, remarks=frozenset({Remark.FILTERED_HERE}))


def problem(report: UsageReport, gaps: Gaps) -> str:
    made = view(UsageAnswer(IDLE, QueryPlan(UsageQuery(), (), ()), replace(report, gaps=gaps)), 12)
    assert isinstance(made, ErrorView)
    return made.problem


@pytest.mark.parametrize(
    "gaps", [Gaps(missing=1), Gaps(incomplete=True), Gaps(perhaps_missing=1, repeated=1), Gaps(missing=2, unknown=1)]
)
@pytest.mark.parametrize("report", [WITHIN, FILTERED])
def test_answer_is_incomplete_when_rows_may_be_missing(report: UsageReport, gaps: Gaps) -> None:
    assert problem(report, gaps) == "nothing_in_what_came"


@pytest.mark.parametrize("gaps", [Gaps(unknown=1), Gaps(unusable=1)])
def test_limits_are_of_what_is_known_when_rows_are_unusable(gaps: Gaps) -> None:
    assert problem(WITHIN, gaps) == "none_within_known"
    assert problem(FILTERED, gaps) == "only_unknown_rows"


def test_limits_are_the_reason_when_the_answer_is_complete() -> None:
    assert problem(WITHIN, Gaps()) == "none_within"
    assert problem(FILTERED, Gaps(repeated=1)) == "no_rows_fit"
