"""A row of an answer is found again by its mark, and asked about alone."""

from dataclasses import replace

import pytest

from bot.commands.command import Name, Usage
from bot.domain.compared_days import Comparison, Movement
from bot.domain.licensing import Dimension, Entry
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.command_buttons import ask_button, pressed
from bot.usage.onward.drilled_row import about_row, mark_of_row, position_of, row_buttons, with_row_questions
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_view import usage_view
from cards.views.button_payload import pack, payload_of
from tests.shown_figures import of

CUSTOMER, WORKLOAD = Dimension.CUSTOMER, Dimension.WORKLOAD
EXCHANGE = Entry(WORKLOAD, "EXCHANGE", "Exchange")
ROWS = tuple(
    ReportRow({CUSTOMER: Entry(CUSTOMER, name, f"Company {name}")}, of(1, 9), key=(name,)) for name in ("a", "b", "c")
)
REPORT = UsageReport((CUSTOMER,), ROWS, 3, of(3, 27), (), frozenset())
LIST = Usage(subjects=(Name("Exchange", id="EXCHANGE"),), by=(CUSTOMER,), limit=ShareRange(high=0.5))
PLAN = QueryPlan(UsageQuery(), (CUSTOMER,), (EXCHANGE,))


def test_each_row_is_found_by_its_own_mark() -> None:
    marks = [mark_of_row(row, REPORT.by) for row in ROWS]
    assert len(set(marks)) == 3
    assert [position_of(mark, REPORT) for mark in marks] == [0, 1, 2]
    assert position_of("x1ZbCtsDEfrP", REPORT) is None


def test_row_without_an_id_cannot_be_asked_about() -> None:
    nameless = replace(ROWS[0], entries={CUSTOMER: Entry(CUSTOMER, "", "Company")})
    assert mark_of_row(nameless, REPORT.by) == ""
    assert mark_of_row(replace(ROWS[0], key=()), REPORT.by) == ""
    assert row_buttons(LIST, replace(REPORT, rows=(nameless, ROWS[1])), 0, 2, 0)[0] is None


def test_only_row_leads_to_itself_and_has_no_button() -> None:
    assert row_buttons(LIST, replace(REPORT, rows=ROWS[:1]), 0, 1, 0) == (None,)


def test_row_button_survives_the_wire_and_knows_the_way_back() -> None:
    button = row_buttons(LIST, REPORT, 1, 3, 1)[1]
    assert button is not None
    found = pressed(pack(button))
    assert found is not None
    assert (found.asked, found.row, found.rows, found.start) == (LIST, mark_of_row(ROWS[2], REPORT.by), 3, 1)
    assert found.replace


@pytest.mark.parametrize("row", ["", "short", "x" * 25, "with blanks here", 7, None, ["x1ZbCtsDEfrP"]])
def test_mark_that_no_card_has_is_refused(row: object) -> None:
    button = row_buttons(LIST, REPORT, 0, 3, 0)[0]
    assert button is not None
    assert pressed({"v": 2, **payload_of(pack(button)), "row": row}) is None


def test_question_about_a_row_names_it_and_keeps_what_else_was_asked() -> None:
    asked = replace(LIST, order=TopBottom(5), versus=Comparison(days=30, only=Movement.DROPPED))
    assert about_row(asked, PLAN, ROWS[1], REPORT.by) == Usage(
        customers=(Name("Company b", id="b"),),
        subjects=(Name("Exchange", id="EXCHANGE"),),
        versus=Comparison(days=30),
    )


def test_row_takes_the_place_of_names_of_its_dimension() -> None:
    teams = Entry(WORKLOAD, "TEAMS", "Teams")
    row = ReportRow({WORKLOAD: teams}, of(1, 9), key=("TEAMS",))
    plan = replace(PLAN, scope=(Entry(CUSTOMER, "a", "A"), EXCHANGE, teams))
    found = about_row(Usage(), plan, row, (WORKLOAD,))
    assert (found.customers, found.subjects) == ((Name("A", id="a"),), (Name("Teams", id="TEAMS"),))


def test_rows_of_a_card_that_stays_ask_about_themselves() -> None:
    nameless = replace(ROWS[1], entries={CUSTOMER: Entry(CUSTOMER, "", "Company")})
    report = replace(REPORT, rows=(ROWS[0], nameless, ROWS[2]))
    listed = usage_view("", LIST, PLAN, report, 2)
    opened = [item.open for item in with_row_questions(listed, LIST, PLAN, report).items]
    assert opened == [ask_button(about_row(LIST, PLAN, ROWS[0], REPORT.by)), None]


def test_only_row_of_an_answer_is_not_asked_about_again() -> None:
    report = replace(REPORT, rows=ROWS[:1], matched_before_limit=1)
    listed = usage_view("", LIST, PLAN, report, 2)
    assert with_row_questions(listed, LIST, PLAN, report) == listed
