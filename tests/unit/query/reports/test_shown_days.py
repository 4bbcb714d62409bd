"""The days of an answer are those of the rows that it shows."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.commands.command import Usage
from bot.domain.licensing import Dimension, ServiceDate, UsageRow
from bot.programs.answer_json import as_json
from bot.query.filters.row_selection import RowSelection
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.reports.report_gaps import OlderDay
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.reports.usage_report import Remark, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_answer import UsageAnswer
from bot.usage.usage_view import usage_view
from cards.draw import draw
from cards.views.usage_views import AgeView
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en-US")
NEW, OLD, LATER = date(2018, 10, 14), date(2018, 10, 7), date(2018, 10, 21)
CUSTOMER = (Dimension.CUSTOMER,)


def row(customer: str, active: int, day: date | None, service: str = "Office", **other: Any) -> UsageRow:
    values = {
        "customer_id": f"ID-{customer}",
        "customer": customer,
        "workload_code": "EXO",
        "workload": "Exchange",
        "product_id": "E3",
        "product": "E3",
        "service_code": service,
        "service": service,
        "channel": "reseller",
        "processed": day and f"{day}T00:00:00",
        "licenses_active": active,
        "qualified": 10,
    }
    return UsageRow(**values | other)


def report(*rows: UsageRow, by: tuple[Dimension, ...] = CUSTOMER, **options: Any) -> UsageReport:
    tally = RowAggregator(by, wanted=options.pop("wanted", None))
    tally.add(rows)
    return tally.report(RowSelection(options.get("limit")), options.get("order"))


def answer(found: UsageReport, wanted: date | None = None) -> UsageAnswer:
    return UsageAnswer(Usage(as_of=wanted), QueryPlan(UsageQuery(), found.by, ()), found)


def _runs(found: UsageReport, wanted: date | None = None) -> list[dict[str, Any]]:
    asked = answer(found, wanted)
    card = draw(usage_view("", asked.command, asked.plan, found, 12), WORDS)
    return list(_texts(card["body"]))


def _days_of_rows(found: UsageReport, wanted: date) -> list[str]:
    """Return the days that rows have beside that of the heading."""
    told = [run["text"] for run in _runs(found, wanted)]
    return [each for each in told if each.startswith("As of") and each != "As of October 14, 2018"]


def _texts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield from (value,) if value.get("type") == "TextRun" else ()
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)


TWO_SERVICES = (row("A", 9, NEW, "Office"), row("B", 1, OLD, "Dynamics"))


@pytest.mark.parametrize(
    ("options", "service", "day"),
    [
        ({"order": TopBottom(1)}, "Office", NEW),
        ({"order": TopBottom(1, lowest=True)}, "Dynamics", OLD),
        ({"limit": ShareRange(high=0.5, high_included=False)}, "Dynamics", OLD),
    ],
)
def test_service_without_a_shown_row_has_no_day(options: dict[str, Any], service: str, day: date) -> None:
    found = report(*TWO_SERVICES, **options)
    assert found.as_of == (ServiceDate(service, day),)
    assert Remark.MIXED_DAYS not in found.remarks
    assert as_json(answer(found))["asOf"] == day.isoformat()


@pytest.mark.parametrize("by", [CUSTOMER, (Dimension.CUSTOMER, Dimension.WORKLOAD)])
def test_older_days_are_those_of_shown_rows(by: tuple[Dimension, ...]) -> None:
    rows = (row("A", 9, NEW), row("B", 1, OLD), row("C", 2, OLD))
    assert report(*rows, by=by).gaps.older == (OlderDay(OLD, 2),)
    assert report(*rows, by=by, order=TopBottom(2)).gaps.older == (OlderDay(OLD, 1),)
    best = report(*rows, by=by, order=TopBottom(1))
    assert (best.gaps.older, [each.day for each in best.as_of]) == ((), [NEW])
    worst = report(*rows, by=by, order=TopBottom(2, lowest=True))
    assert (worst.gaps.older, [each.day for each in worst.as_of]) == ((), [OLD])


def test_age_is_that_of_shown_rows() -> None:
    rows = (row("A", 9, NEW), row("B", 1, date(2018, 1, 1)))
    today = date(2018, 10, 20)
    found = report(*rows, order=TopBottom(1))
    asked = answer(found)
    assert usage_view("", asked.command, asked.plan, found, 12, today=today).age is None
    every = report(*rows)
    assert usage_view("", asked.command, asked.plan, every, 12, today=today).age == AgeView("months", 9, some=True)


@pytest.mark.parametrize("customer_id", ["ID-B", None])
def test_rows_without_a_day_or_customer_id_count_only_if_shown(customer_id: str | None) -> None:
    rows = (row("A", 9, NEW), row("B", 1, None, customer_id=customer_id))
    assert report(*rows).gaps.undated == 1
    best, worst = report(*rows, order=TopBottom(1)), report(*rows, order=TopBottom(1, lowest=True))
    assert (best.gaps.undated, best.gaps.unidentified) == (0, 0)
    assert (worst.gaps.undated, worst.gaps.unidentified) == (1, int(customer_id is None))


def test_row_of_a_later_day_is_marked_under_the_day_asked_for() -> None:
    found = report(row("A", 9, NEW), row("B", 1, LATER), wanted=NEW)
    marks = _days_of_rows(found, NEW)
    assert marks == ["As of October 21, 2018"]
    told = as_json(answer(found, NEW))
    assert told["asOfByService"] == {"Office": "2018-10-14"}
    assert [(each["customer"], each["asOf"]) for each in told["rows"]] == [("B", "2018-10-21"), ("A", "2018-10-14")]


def test_row_of_two_days_is_marked_when_one_is_the_days_of_the_heading() -> None:
    found = report(row("A", 9, NEW), row("A", 1, LATER, product_id="E5"), row("B", 1, NEW), wanted=NEW)
    marks = _days_of_rows(found, NEW)
    assert marks == ["As of October 14, 2018 to October 21, 2018"]
