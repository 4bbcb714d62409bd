"""Customers of an older day are those that the gaps count."""

from datetime import date

import pytest

from bot.commands.command import Usage
from bot.domain.figures import LicenseFigures
from bot.domain.licensing import Dimension, Entry, ServiceDate
from bot.query.reports.report_gaps import Gaps, OlderDay
from bot.query.reports.usage_report import Remark, ReportRow, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_view import usage_view
from cards.draw import draw
from cards.wording.locale_words import LocaleWords
from tests.shown_figures import of

NEW, OLD = date(2018, 10, 14), date(2018, 10, 13)
SERVICES = (ServiceDate("Office", NEW), ServiceDate("Dynamics", OLD))


@pytest.mark.parametrize("gaps", [Gaps(), Gaps(older=(OlderDay(OLD, 1),))])
def test_customers_of_an_older_day_are_those_of_the_gaps(gaps: Gaps) -> None:
    rows = tuple(
        ReportRow({Dimension.CUSTOMER: Entry(Dimension.CUSTOMER, f"ID{number}", f"C{number}")}, of(1, 2), (OLD, NEW))
        for number in range(6)
    )
    report = UsageReport(
        (Dimension.CUSTOMER,), rows, 6, LicenseFigures(), SERVICES, frozenset({Remark.MIXED_DAYS}), gaps=gaps
    )
    view = usage_view("", Usage(), QueryPlan(UsageQuery(), report.by, ()), report, 12)
    assert view.older == tuple((each.day, each.customers) for each in gaps.older)
    told = str(draw(view, LocaleWords.load("en-US")))
    assert ("1 customer as of October 13, 2018." in told) == bool(gaps.older)
    assert "6 customers as of" not in told
