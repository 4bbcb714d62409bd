"""What the view of a report says about the age of its figures."""

from datetime import date

import pytest

from bot.commands.command import Usage
from bot.domain.licensing import Dimension, Entry, ServiceDate
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_view import usage_view
from cards.views.usage_views import AgeView
from tests.shown_figures import of

TODAY = date(2026, 11, 29)
BY = (Dimension.CUSTOMER,)
OLD = date(2024, 10, 10)


@pytest.mark.parametrize(
    ("newest", "age"),
    [
        (date(2026, 11, 25), AgeView("years", 2, some=True)),
        (date(2026, 10, 10), AgeView("years", 2, some=True)),
        (date(2024, 10, 17), AgeView("years", 2, some=False)),
        (OLD, AgeView("years", 2, some=False)),
    ],
)
def test_only_some_are_old_when_others_have_another_age(newest: date, age: AgeView) -> None:
    rows = tuple(ReportRow({BY[0]: Entry(BY[0], str(day), str(day))}, of(1, 3), (day,)) for day in (newest, OLD))
    dates = tuple(ServiceDate("Microsoft Office 365", day) for day in sorted({newest, OLD}))
    report = UsageReport(BY, rows, 2, of(2, 6), dates, frozenset())
    assert usage_view("", Usage(), QueryPlan(UsageQuery(), BY, ()), report, 2, today=TODAY).age == age
