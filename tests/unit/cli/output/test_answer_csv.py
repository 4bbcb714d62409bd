"""An answer as CSV: a line a row, the keys of JSON, no formula."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from bot.cli.output.answer_csv import as_csv
from bot.cli.output.result_output import write_result
from bot.commands.command import Usage
from bot.domain.figures import LicenseFigures, Licenses, WorkloadLicenses
from bot.domain.licensing import Dimension, Entry
from bot.export.spreadsheet_cell import harmless
from bot.programs.answer_json import as_json
from bot.query.reports.report_gaps import Gaps, OlderDay
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_answer import UsageAnswer
from cards.wording.locale_words import LocaleWords
from tests.shown_figures import of

TEAMS = WorkloadLicenses(Entry(Dimension.WORKLOAD, "TEAMS", "Teams"), Licenses.of(62, 100))


def answer(*rows: ReportRow) -> UsageAnswer:
    report = UsageReport((Dimension.CUSTOMER,), rows, len(rows), LicenseFigures(), (), frozenset())
    return UsageAnswer(Usage(), QueryPlan(UsageQuery(), report.by, ()), report)


def row(name: str, figures: LicenseFigures) -> ReportRow:
    return ReportRow({Dimension.CUSTOMER: Entry(Dimension.CUSTOMER, "ID", name)}, figures, (date(2018, 10, 14),))


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_row_has_the_figures_of_one_workload() -> None:
    both = LicenseFigures(Licenses.of(11, 0) + Licenses.of(5, 8))
    [line] = read(as_csv(answer(row("Focus on IT", both))))
    assert (line["customer"], line["customerId"], line["asOf"]) == ("Focus on IT", "ID", "2018-10-14")
    assert (line["active"], line["qualified"], line["unused"], line["beyond"]) == ("16", "8", "3", "11")
    assert (line["share"], line["withheld"], line["worstUnused"]) == ("0.625", "", "")


def test_row_of_several_workloads_has_no_numbers_but_the_worst() -> None:
    figures = LicenseFigures(Licenses.of(190, 200) + TEAMS.licenses, TEAMS)
    [line] = read(as_csv(answer(row("Contoso", figures))))
    assert [line[name] for name in ("active", "qualified", "unused", "beyond")] == ["", "", "", ""]
    assert (line["share"], line["withheld"]) == ("0.84", "several_workloads")
    assert (line["worstWorkload"], line["worstActive"], line["worstUnused"]) == ("Teams", "62", "38")


def test_columns_are_the_keys_of_json() -> None:
    made = answer(row("Contoso", of(1, 2)))
    [shown] = as_json(made)["rows"]  # type: ignore[misc]
    [line] = read(as_csv(made))
    assert [name for name in line if not name.startswith("worst")] == [key for key in shown if key != "worst"]
    assert read(as_csv(answer())) == []
    assert as_csv(answer()).startswith("customer,customerId,")


def test_lines_end_as_rfc_4180_says_and_quotes_are_doubled() -> None:
    text = as_csv(answer(row('"Vega", LLC', of(1, 2))))
    assert text.endswith("\r\n")
    assert text.count("\r\n") == 2
    assert '"""Vega"", LLC"' in text


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\t=1", " =cmd|' /C calc'!A0", "\u3000=1", "＝1"])
def test_name_is_no_formula(name: str) -> None:
    assert harmless(name) == "'" + name
    assert read(as_csv(answer(row(name, of(1, 2)))))[0]["customer"] == "'" + name


def test_number_and_plain_name_are_left_as_they_are() -> None:
    assert (harmless(-1), harmless("O'Brien & Sons - IT"), harmless(None)) == (-1, "O'Brien & Sons - IT", None)


def test_gaps_and_old_days_are_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    made = answer(row("Contoso", of(1, 2)))
    gaps = Gaps(missing=2, unknown=1, older=(OlderDay(date(2018, 10, 7), 3),))
    made = replace(made, report=replace(made.report, gaps=gaps))
    assert write_result(made, "csv", LocaleWords.load("en-US"), today=date(2018, 12, 30)) == 0
    told = capsys.readouterr()
    assert read(told.out)[0]["customer"] == "Contoso"
    assert [line.split(":")[0] for line in told.err.splitlines()] == [
        "These figures are 11 weeks old.",
        "3 customers as of October 7, 2018.",
        "Not complete",
        "1 row has no usable figures. It is left out",
    ]


def test_nothing_is_on_stderr_when_nothing_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    write_result(answer(row("Contoso", of(1, 2))), "csv", LocaleWords.load("en-US"), today=date(2018, 10, 20))
    assert capsys.readouterr().err == ""


def test_row_has_the_number_of_its_rows_without_figures() -> None:
    made = answer(row("Contoso", of(1, 2)), replace(row("Fabrikam", of(1, 2)), unknown=2))
    assert [line["unknownRows"] for line in read(as_csv(made))] == ["0", "2"]
    assert [line["unknownRows"] for line in as_json(made)["rows"]] == [0, 2]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("Prose\x00\x1b[31mware", "Prose\ufffd\ufffd[31mware"),
        ("\x9b2J", "\ufffd2J"),
        ("\u202eerawesorP\u202c", "\ufffderawesorP\ufffd"),
        ("\x00=1+1", "\ufffd=1+1"),
        ("TEST\nCOMPANY\t1", "TEST\nCOMPANY\t1"),
        ("שלום \u200f", "שלום \u200f"),
    ],
)
def test_cell_cannot_control_a_terminal(name: str, cell: str) -> None:
    [line] = read(as_csv(answer(row(name, of(1, 2)))))
    assert line["customer"] == cell
