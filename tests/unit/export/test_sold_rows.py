"""Rows about sold licenses have names of their own in every file."""

from dataclasses import replace

from bot.cli.output.answer_csv import as_csv
from bot.commands.command import Usage
from bot.domain.figures import LicenseFigures, Licenses
from bot.domain.licensing import Dimension, Entry
from bot.domain.report_kind import ReportKind, SeatMeasure
from bot.programs.answer_json import as_json
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_answer import UsageAnswer

E3 = Entry(Dimension.PRODUCT, "6FD2C87F-B296-42F0-B197-1E91E994B900", "OFFICE 365 ENTERPRISE E3")
FIGURES = LicenseFigures(Licenses.of(41, 50) + Licenses.of(7, 5))
REPORT = UsageReport((Dimension.PRODUCT,), (ReportRow({Dimension.PRODUCT: E3}, FIGURES),), 1, FIGURES, (), frozenset())
PLAN = QueryPlan(UsageQuery(report=ReportKind.DEPLOYMENT), (Dimension.PRODUCT,), ())
ANSWER = UsageAnswer(Usage(seats=SeatMeasure.SOLD), PLAN, REPORT)
NUMBERS = {"sold": 55, "assigned": 48, "unassigned": 9, "overAssigned": 2}


def test_json_of_sold_licenses_calls_them_so() -> None:
    said = as_json(ANSWER)
    assert said["kind"] == "seats"
    assert said["query"]["path"].endswith("/deployment/license")  # type: ignore[index]
    for figures in (said["total"], said["rows"][0]):  # type: ignore[index]
        assert NUMBERS.items() <= figures.items()  # type: ignore[attr-defined]
        assert not {"qualified", "active", "unused", "beyond", "workload", "worst"} & set(figures)  # type: ignore[call-overload]


def test_columns_of_sold_licenses_have_no_workload() -> None:
    head, line = as_csv(ANSWER).splitlines()
    assert "workload" not in head
    found = dict(zip(head.split(","), line.split(","), strict=True))
    assert {name: found[name] for name in NUMBERS} == {name: str(number) for name, number in NUMBERS.items()}


def test_json_of_usage_stays_as_it_was() -> None:
    usage = replace(ANSWER, command=Usage())
    assert as_json(usage)["kind"] == "usage"
    assert "qualified" in as_json(usage)["total"]  # type: ignore[operator]
