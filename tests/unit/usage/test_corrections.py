"""A name that was typed otherwise is said with its answer."""

import pytest

from bot.cli.output.view_text import show_answer
from bot.commands.command import Clause, Name, Usage
from bot.domain.figures import LicenseFigures
from bot.names.name_index import NameIndex
from bot.programs.answer_json import as_json
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.usage_report import UsageReport
from bot.usage.query_plan import QueryPlan, plan
from bot.usage.usage_answer import UsageAnswer, view
from cards.draw import draw, plain_text
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en-US")
SAID = "You wrote “TEST COMPNAY”. I read it as TEST COMPANY."


def planned(question: Usage, names: NameIndex) -> QueryPlan:
    made = plan(question, names)
    assert isinstance(made, QueryPlan)
    return made


def answer(customer: str, names: NameIndex) -> UsageAnswer:
    question = Usage(customers=(Name(customer),), subjects=(Name("Exchange"),))
    made = planned(question, names)
    return UsageAnswer(question, made, UsageReport(made.by, (), 0, LicenseFigures(), (), frozenset(), gaps=Gaps()))


def test_json_names_what_was_typed_and_what_it_was_taken_for(names: NameIndex) -> None:
    told = as_json(answer("TEST COMPNAY", names))
    assert told["corrected"] == [{"typed": "TEST COMPNAY", "taken": "TEST COMPANY"}]
    assert told["assumed"] == []


def test_beginning_of_a_name_is_assumed_and_not_corrected(names: NameIndex) -> None:
    told = as_json(answer("focus", names))
    assert (told["corrected"], told["assumed"]) == ([], [{"typed": "focus", "taken": "Focus on IT"}])


@pytest.mark.parametrize(
    "typed", ["TEST COMPANY", "test company", "obrien sons", "00000000-b14e-4888-967b-ca4bb2cf1234"]
)
def test_nothing_is_said_when_the_name_was_typed_as_it_is(names: NameIndex, typed: str) -> None:
    told = as_json(answer(typed, names))
    assert (told["corrected"], told["assumed"]) == ([], [])


def test_names_that_are_left_out_are_corrected_too(names: NameIndex) -> None:
    made = planned(Usage(excluded=((Clause.ON, Name("Sharepiont")),)), names)
    assert [(each.typed, each.entry.name) for each in made.corrected] == [("Sharepiont", "SharePoint")]


def test_answer_without_rows_says_what_was_corrected(names: NameIndex) -> None:
    shown = view(answer("TEST COMPNAY", names), 12)
    assert SAID in plain_text(shown, WORDS)
    assert SAID in "".join(run["text"] for each in draw(shown, WORDS)["body"] for run in each.get("inlines", ()))


def test_terminal_says_it_beside_the_heading(names: NameIndex, capsys: pytest.CaptureFixture[str]) -> None:
    show_answer(answer("TEST COMPNAY", names), WORDS)
    assert capsys.readouterr().out.splitlines()[:2] == ["TEST COMPANY · Exchange", SAID]


def test_correction_does_not_make_another_question(names: NameIndex) -> None:
    assert answer("TEST COMPNAY", names).plan == answer("TEST COMPANY", names).plan
