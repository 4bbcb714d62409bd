"""A card that asks for a day has a calendar, and the chosen day answers."""

from dataclasses import replace
from datetime import date

import pytest

from bot.usage.command_buttons import pressed
from cards.draw import draw
from cards.views.answer_views import NotUnderstoodView
from cards.views.button_payload import pack
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en")


def calendars(view):
    return [each["id"] for each in draw(view, WORDS)["body"] if each["type"] == "Input.Date"]


async def choose(desk, view, day):
    return await desk.engine.answers.press(pressed(pack(view.day) | {"until": day}), desk.ann)


async def test_day_that_is_missing_is_chosen_on_the_card(desk):
    view = await desk.ask("compare TEST COMPANY on Exchange")
    assert (view.problem, calendars(view)) == ("missing.day", ["until"])
    answer = await choose(desk, view, "2018-10-01")
    assert answer.scope == ("TEST COMPANY", "Exchange")
    assert [(each.kind, each.day) for each in answer.narrowed] == [("versus", date(2018, 10, 1))]


@pytest.mark.parametrize("text", ["usage for TEST COMPANY on 31 September 2018", "usage for TEST COMPANY tomorrow"])
async def test_day_that_is_not_possible_is_chosen_anew(desk, text):
    view = await desk.ask(text)
    assert (isinstance(view, NotUnderstoodView), calendars(view)) == (True, ["until"])
    answer = await choose(desk, view, "2018-10-01")
    assert [(each.kind, each.day) for each in answer.narrowed] == [("day", date(2018, 10, 1))]


async def test_next_sentence_changes_the_question_with_the_chosen_day(desk):
    view = await desk.ask("usage for TEST COMPANY on 31 September 2018")
    await choose(desk, view, "2018-10-01")
    after = await desk.ask("and on Exchange?")
    assert [(each.kind, each.day) for each in after.narrowed] == [("day", date(2018, 10, 1))]


async def test_other_questions_back_have_no_calendar(desk):
    view = await desk.ask("usage for TEST COMPANY in zzzzzz")
    assert getattr(view, "day", None) is None
    assert calendars(replace(view)) == []
