"""What the view of a report says about the age of its figures."""

from datetime import date

import pytest

from bot.commands.command import Usage
from bot.domain.licensing import Dimension, Entry, ServiceDate
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_answer import UsageAnswer, figures_view
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


def _products(*products: str, workload: str = "Exchange") -> UsageReport:
    by = (Dimension.WORKLOAD, Dimension.PRODUCT)
    rows = tuple(
        ReportRow({by[0]: Entry(by[0], workload, workload), by[1]: Entry(by[1], each, each)}, of(1, 3), (OLD,))
        for each in products
    )
    return UsageReport(by, rows, len(rows), of(2, 6), (), frozenset())


def _items(report: UsageReport, *asked: str) -> list[tuple[str, str | None]]:
    scope = tuple(Entry(Dimension.WORKLOAD, each, each) for each in asked)
    answered = UsageAnswer(Usage(), QueryPlan(UsageQuery(), report.by, scope), report)
    return [(item.name, item.detail) for item in figures_view(answered, 9).items]


def test_rows_of_the_workload_in_the_heading_are_called_by_their_products() -> None:
    assert _items(_products("E3", "E5"), "Exchange") == [("E3", None), ("E5", None)]
    assert _items(_products("E3"), "Exchange") == [("Exchange", "E3")]
    assert _items(_products("E3", "E5"), "Exchange", "Teams") == [("Exchange", "E3"), ("Exchange", "E5")]
    assert _items(_products("E3", "E5")) == [("Exchange", "E3"), ("Exchange", "E5")]
