"""Tests that names and questions reach the terminal as text only."""

from datetime import date

import pytest

from bot.cli.output.problem_lines import lines
from bot.cli.output.streams import as_line, printable
from bot.cli.output.tables.usage_table import usage_table
from bot.cli.output.view_text import show_answer, show_view
from bot.commands.command import Customers, Name, Usage
from bot.domain.figures import LicenseFigures, LicenseMeasure, Licenses, WorkloadLicenses
from bot.domain.licensing import Dimension, Entry, ServiceDate
from bot.programs.view_json import view_as_json
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.command_buttons import ask_button
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_answer import UsageAnswer
from bot.usage.usage_view import usage_view
from cards.views.answer_views import (
    Choice,
    ErrorView,
    LanguageChoice,
    LanguageView,
    ListView,
    NotUnderstoodView,
    PickerView,
    Suggestion,
    View,
)
from cards.wording.locale_words import LocaleWords
from tests.shown_figures import of

WORDS = LocaleWords.load("en")
HOSTILE = "Evil\x1b[2J\x1b]0;owned\x07\x9b31m\u202e Ltd\r[red]"
DANGEROUS = set("\x1b\x07\x9b\u202e\r")
ASK = ask_button(Customers(HOSTILE))
VIEWS: list[View] = [
    PickerView(HOSTILE, "customer", (Choice(HOSTILE, HOSTILE, ASK),), 2),
    ListView("customer", HOSTILE, ((HOSTILE, HOSTILE),), 1),
    NotUnderstoodView(HOSTILE, "not_understood", 0, HOSTILE, (Suggestion(HOSTILE, ASK),)),
    ErrorView("no_rows", {"scope": HOSTILE}, HOSTILE),
]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("stderr", [True, False])
def test_no_view_controls_the_terminal(view: View, stderr: bool, capsys: pytest.CaptureFixture[str]) -> None:
    show_view(view, words=WORDS, stderr=stderr)
    told = "".join(capsys.readouterr())
    assert "Evil" in told
    assert not DANGEROUS & set(told)


def test_choice_that_no_other_is_called_like_has_no_detail(capsys: pytest.CaptureFixture[str]) -> None:
    chosen = ask_button(Usage(customers=(Name("Contoso"),)))
    show_view(PickerView("cont", "customer", (Choice("Contoso", None, chosen),), 1), words=WORDS)
    assert "Contoso: usage for Contoso" in "".join(capsys.readouterr())


def test_what_can_be_chosen_is_typed_in_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    chosen = ask_button(Usage(customers=(Name("Contoso"),)))
    show_view(PickerView("cont", "customer", (Choice("Contoso", "id", chosen),), 1), words=LocaleWords.load("nl"))
    assert capsys.readouterr().out.splitlines()[1:] == ["  Contoso (id): gebruik bij Contoso"]
    offered = LanguageView("chosen", "hu", (LanguageChoice("nl", ASK),))
    show_view(offered, words=LocaleWords.load("hu"))
    assert capsys.readouterr().out.splitlines()[1:] == ["  „nyelv nl”: holland (Nederlands)"]


def test_no_name_in_a_table_controls_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    customer = Entry(Dimension.CUSTOMER, "ID", HOSTILE)
    row = ReportRow({Dimension.CUSTOMER: customer}, of(1, 2))
    report = UsageReport(
        (Dimension.CUSTOMER,), (row, row), 2, of(2, 4), (ServiceDate(HOSTILE, date(2018, 10, 14)),), frozenset()
    )
    command = Usage(customers=(Name("Evil"),))
    show_answer(UsageAnswer(command, QueryPlan(UsageQuery(), (Dimension.CUSTOMER,), (customer,)), report), WORDS)
    told = capsys.readouterr().out
    assert "Evil" in told
    assert "[red]" in told
    assert not DANGEROUS & set(told)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        (Usage(), "Most unused"),
        (Usage(order=TopBottom(3)), "Most unused"),
        (Usage(order=TopBottom(3, measure=LicenseMeasure.UNUSED)), "Most unused"),
        (Usage(order=TopBottom(3, lowest=True, measure=LicenseMeasure.UNUSED)), "Workload"),
        (Usage(order=TopBottom(3, measure=LicenseMeasure.ACTIVE)), "Workload"),
        (Usage(amounts=(AmountRange(LicenseMeasure.UNUSED, low=5),)), "Workload"),
        (Usage(limit=ShareRange(low=1.2, low_included=False)), "Workload"),
    ],
)
def test_share_of_all_is_before_the_columns_of_the_named_workload(question: Usage, named: str) -> None:
    teams = WorkloadLicenses(Entry(Dimension.WORKLOAD, "TEAMS", "Teams"), Licenses.of(62, 100))
    figures = LicenseFigures(Licenses.of(190, 200) + teams.licenses, teams)
    row = ReportRow({Dimension.CUSTOMER: Entry(Dimension.CUSTOMER, "ID", "Contoso")}, figures)
    report = UsageReport((Dimension.CUSTOMER,), (row,), 1, figures, (), frozenset())
    answer = UsageAnswer(question, QueryPlan(UsageQuery(), report.by, ()), report)
    table = usage_table(answer, usage_view("", answer.command, answer.plan, report, 1), WORDS)
    assert [column.header for column in table.columns][1:4] == ["Share of all", named, "Unused"]
    assert [str(next(iter(column.cells))) for column in table.columns][1:4] == ["84%", "Teams", "38"]


@pytest.mark.parametrize("service", ["", " ", "\u200b"])
def test_the_day_stands_alone_when_a_service_has_no_name(service: str, capsys: pytest.CaptureFixture[str]) -> None:
    customer = Entry(Dimension.CUSTOMER, "ID", "Lamna Care")
    dates = (ServiceDate(service, date(2026, 11, 25)),)
    row = ReportRow({Dimension.CUSTOMER: customer}, of(2, 8))
    report = UsageReport((Dimension.CUSTOMER,), (row,), 1, of(2, 8), dates, frozenset())
    show_answer(UsageAnswer(Usage(), QueryPlan(UsageQuery(), (Dimension.CUSTOMER,), ()), report), WORDS)
    assert "As of November 25, 2026" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("view", VIEWS)
def test_json_is_ascii_whatever_is_in_it(view: View) -> None:
    line = as_line(view_as_json(view, WORDS))
    assert line.isascii()
    assert line.isprintable()


def test_text_keeps_its_length_when_it_is_made_printable() -> None:
    assert printable("a\tb\nc\x1bd\ud800e") == "a b c\ufffdd\ufffde"


@pytest.mark.parametrize(
    ("text", "found"), [("usage by moon", "moon"), ("usage for 東京 by moon", "moon"), ("usage\nby\tmoon", "moon")]
)
def test_mark_is_below_the_mistake(text: str, found: str) -> None:
    view = NotUnderstoodView(text, "not_understood", text.index(found), found, ())
    _, shown, mark = lines(view, WORDS)
    assert mark.strip() == "^" * len(found)
    wide = sum(character in "東京" for character in shown)
    assert mark.index("^") == shown.index(found) + wide


def test_a_long_text_is_cut_around_the_mistake() -> None:
    text = "a " * 500 + "moon" + " b" * 400
    _, shown, mark = lines(NotUnderstoodView(text, "not_understood", 1000, "moon", ()), WORDS)
    assert len(shown) < 60
    assert shown[mark.index("^") :].startswith("moon")
