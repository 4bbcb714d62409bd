"""A row whose day is none, or in the future, is left out and counted apart."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.commands.command import Usage
from bot.domain.licensing import Dimension, UsageRow
from bot.programs.answer_json import as_json
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.reports.usage_report import UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_answer import UsageAnswer
from bot.usage.usage_view import usage_view
from cards.draw import draw, plain_text
from cards.wording.locale_words import LocaleWords

TODAY = date(2018, 10, 16)
TOMORROW, FAR = TODAY + timedelta(days=2), TODAY + timedelta(days=3)


def row(customer: str, active: int | None, day: date | str) -> UsageRow:
    texts = (str(day), "EXO", "Exchange", "o365", "Office", "reseller", f"ID-{customer}", customer, "E3", "E3")
    return UsageRow(*texts, licenses_active=active, qualified=10)


def report(*rows: UsageRow, every_row: bool = False) -> UsageReport:
    tally = RowAggregator((Dimension.CUSTOMER,), today=TODAY, every_row=every_row)
    tally.add(rows)
    return tally.report()


def customers(found: UsageReport) -> set[str]:
    return {line.entries[Dimension.CUSTOMER].name for line in found.rows}


@pytest.mark.parametrize("every_row", [False, True])
@pytest.mark.parametrize("day", [FAR, "2099-12-31T00:00:00", "0001-01-01T00:00:00", "3/10/2018 12:00:00 AM"])
def test_row_is_left_out_when_its_day_is_none(day: Any, every_row: bool) -> None:
    found = report(row("A", 1, TODAY), row("B", 9, day), row("C", None, TODAY), every_row=every_row)
    assert customers(found) == {"A"}
    assert [each.day for each in found.as_of] == [TODAY]
    assert found.gaps == Gaps(unknown=2, unreadable_days=1)


@pytest.mark.parametrize("every_row", [False, True])
def test_day_that_may_be_todays_elsewhere_is_a_day(every_row: bool) -> None:
    found = report(row("A", 1, TOMORROW), row("B", 9, TOMORROW), every_row=every_row)
    assert (customers(found), found.gaps) == ({"A", "B"}, Gaps())


def test_row_of_the_future_does_not_replace_a_newer_one() -> None:
    found = report(row("A", 4, TODAY), row("A", 9, "2099-12-31T00:00:00"))
    assert (found.total.sums.active, found.gaps) == (4, Gaps(unknown=1, unreadable_days=1))


def test_unreadable_day_is_told_in_words_of_its_own() -> None:
    words = LocaleWords.load("en-US")
    found = report(row("A", 1, TODAY), row("B", 9, "2099-12-31T00:00:00"))
    plan = QueryPlan(UsageQuery(), found.by, ())
    view = usage_view("", Usage(), plan, found, 12)
    for told in (str(draw(view, words)), plain_text(view, words)):
        assert "1 row has an unreadable day, or a day in the future." in told
        assert "no usable figures" not in told
    told = as_json(UsageAnswer(Usage(), plan, found))
    assert told["remarks"] == ["unknown_rows", "unreadable_days"]
    gaps: Any = told["gaps"]
    assert (gaps["unknownRows"], gaps["unreadableDays"]) == (1, 1)
