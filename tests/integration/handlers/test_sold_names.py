"""Names that only the report of sold licenses has."""

import pytest

from bot.usage.command_buttons import press_of
from cards.draw import draw, plain_text
from cards.views.answer_views import NoMatchView, NotUnderstoodView, UsageView
from cards.views.button_payload import AskButton
from cards.wording.locale_words import LocaleWords, available
from tests.integration.handlers.test_renewals import STORY, asked

COPILOT = "MICROSOFT 365 COPILOT"


def of_sold(desk):
    return [asked for asked in desk.requests() if asked.path.endswith("/deployment/license")]


async def test_a_question_about_usage_requests_no_sold_names(desk):
    await desk.ask("usage for TEST COMPANY")
    await desk.ask("usage on Exchange by customer below 50%")
    assert of_sold(desk) == []


async def test_sold_names_are_requested_once_for_each_person(desk):
    for _ in range(2):
        answer = await desk.ask("how many copilot licenses did we sell")
        assert isinstance(answer, UsageView)
        assert (answer.seats, answer.scope, answer.total.qualified > 0) == (True, (COPILOT,), True)
    assert len([asked for asked in of_sold(desk) if "groupby" in dict(asked.params)]) == 1
    await desk.ask("sold copilot licenses by customer", desk.ben)
    assert len([asked for asked in of_sold(desk) if "groupby" in dict(asked.params)]) == 2


async def test_a_name_that_nothing_has_is_still_unknown(desk):
    assert isinstance(await desk.ask("assigned visio licenses"), NoMatchView)
    assert len(of_sold(desk)) == 1


@pytest.mark.parametrize("locale", available())
async def test_use_of_copilot_says_where_it_is_and_how_many_are_sold(desk, locale):
    view = await desk.ask("is copilot being used")
    assert isinstance(view, NotUnderstoodView)
    assert view.problem == "not_offered.copilot"
    assert view.seats is not None
    sold = await desk.engine.answers.press(press_of(view.suggestions[0].ask), desk.ann)
    assert (view.seats.sold, view.seats.assigned) == (sold.total.qualified, sold.total.active)
    words = LocaleWords.load(locale)
    said = words.say("sold.source.deployment")
    assert said in str(draw(view, words))
    assert said in plain_text(view, words)


async def test_use_of_a_product_without_figures_offers_what_was_sold(desk):
    view = await desk.ask("usage of office 365 business")
    assert (view.problem, view.found) == ("not_offered.only_sold", "office 365 business")
    assert view.seats.name == "OFFICE 365 BUSINESS"
    after = await desk.ask("and assigned?")
    assert (after.seats, after.scope) == (True, ("OFFICE 365 BUSINESS",))


async def test_a_document_may_name_a_product_that_only_was_sold(desk):
    document = {"v": 1, "verb": "usage", "seats": "sold", "in": [{"name": COPILOT}]}
    answer = await desk.engine.answers.press(press_of(AskButton(document)), desk.ann)
    assert isinstance(answer, UsageView)
    assert answer.scope == (COPILOT,)


async def test_the_names_of_usage_do_without_a_report_that_is_missing():
    view = await asked("is copilot being used", "sold_missing")
    assert isinstance(view, NotUnderstoodView)
    assert (view.problem, view.seats) == ("not_offered.copilot", None)
    assert isinstance(await asked(f"usage for {STORY}", "sold_missing"), UsageView)


async def test_who_signs_out_leaves_no_sold_names(desk):
    await desk.ask("how many copilot licenses did we sell")
    before = len(of_sold(desk))
    desk.engine.services.forget(desk.ann)
    await desk.ask("how many copilot licenses did we sell")
    assert len(of_sold(desk)) == before + 2  # the names again, and the figures
