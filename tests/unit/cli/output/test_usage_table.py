"""A table breaks no word that fits, and loses no figure."""

import io
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from bot.cli.output.tables.usage_table import column_widths, usage_table
from bot.commands.command import Usage
from bot.domain.figures import LicenseFigures, Licenses, WorkloadLicenses
from bot.domain.licensing import Dimension, Entry
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_answer import UsageAnswer
from bot.usage.usage_view import usage_view
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en")
TEAMS = WorkloadLicenses(Entry(Dimension.WORKLOAD, "TEAMS", "Microsoft Dynamics CRM"), Licenses(72, 100, 38))
FIGURES = LicenseFigures(Licenses(290, 300, 40), TEAMS)
BY = (Dimension.CUSTOMER, Dimension.PRODUCT)


def drawn(width: int, by: tuple[Dimension, ...] = BY, unknown: int = 0) -> list[str]:
    names = {
        Dimension.CUSTOMER: Entry(Dimension.CUSTOMER, "ID", "Incorporated Association Redwood Security"),
        Dimension.PRODUCT: Entry(Dimension.PRODUCT, "E3", "OFFICE 365 ENTERPRISE PREMIUM"),
    }
    row = ReportRow({each: names[each] for each in by}, FIGURES)
    report = UsageReport(by, (row, replace(row, unknown=unknown)), 2, FIGURES, (), frozenset())
    answer = UsageAnswer(Usage(), QueryPlan(UsageQuery(), by, ()), report)
    table = usage_table(answer, usage_view("", answer.command, answer.plan, report, 1), WORDS, width=width)
    console = Console(file=io.StringIO(), width=width)
    console.print(table)
    written: Any = console.file
    return str(written.getvalue()).splitlines()


@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("by", [BY, BY[:1], BY[1:]])
def test_no_word_is_broken_in_a_usual_terminal(width: int, by: tuple[Dimension, ...]) -> None:
    told = drawn(width, by)
    assert max(map(len, told)) <= width
    words = {word for line in told for word in line.replace("│", " ").replace("┃", " ").split()}
    assert {"Qualified", "Unused", "Microsoft", "Dynamics", "38", "100", "62"} <= words
    assert Dimension.PRODUCT not in by or {"ENTERPRISE", "PREMIUM", "OFFICE"} <= words
    assert Dimension.CUSTOMER not in by or width == 80 or {"Incorporated", "Association", "Redwood"} <= words


def test_room_goes_to_the_columns_that_wrap_most() -> None:
    assert column_widths([["one two three"], ["a"]], 20, 18) == [13, 1]
    assert column_widths([["one two three"], ["a"]], 8, 18) == [7, 1]
    assert column_widths([["one two three"], ["a"]], 5, 18) is None
    assert column_widths([["incorporated"], ["a"]], 11, 10) == [10, 1]


def test_a_column_has_the_rows_without_figures_if_there_are_some() -> None:
    assert "unknown" not in " ".join(drawn(120)).casefold()
    told = drawn(120, BY[:1], unknown=7)
    assert "Rows" in " ".join(told)
    assert "unknown" in " ".join(told)
    assert sum(line.rstrip(" │").endswith(" 7") for line in told) == 1
