"""The JSON of an answer that has no figures."""

import pytest

from bot.programs.view_json import view_as_json
from cards.answers.forward_text import FORWARDED
from cards.views.answer_views import ErrorView
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en")


@pytest.mark.parametrize("problem", FORWARDED)
def test_problem_that_an_administrator_solves_has_a_text_to_forward(problem: str) -> None:
    told = view_as_json(ErrorView(problem, {"code": "401", "demand": "acrs=c1"}, "id-7"), WORDS)
    assert str(told["forward"]).startswith("Hello")


def test_other_problem_has_no_text_to_forward() -> None:
    assert view_as_json(ErrorView("service_down"), WORDS)["forward"] is None
