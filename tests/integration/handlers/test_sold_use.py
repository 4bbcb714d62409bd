"""Both reports in one answer, asked of the simulated Partner Center."""

import json

import pytest

from bot.commands.command_document import read_object
from bot.digests.content.packed_kind import pack_any, unpack_any
from bot.programs.view_json import view_as_json
from bot.usage.command_buttons import press_of
from bot.usage.kinds.kind_answer import ShownPart
from bot.usage.kinds.kind_answering import ask_kind
from cards.draw import draw, plain_text
from cards.parts.card_size import BUDGET, size
from cards.views.answer_views import NotUnderstoodView, UsageView
from cards.views.kinds.sold_use_view import SoldUseView
from cards.wording.locale_words import LocaleWords, available
from tests.integration.handlers.conftest import ANN
from tests.integration.handlers.test_renewals import STORY, asked, selling

WORDS = LocaleWords.load("en")


async def test_one_customer_has_each_number_with_its_own_source():
    view = await asked(f"usage of sold licenses for {STORY}")
    assert isinstance(view, SoldUseView)
    (item,) = view.items
    assert [(each.number, each.source) for each in (item.sold, item.assigned)] == [
        (30, "deployment"),
        (26, "deployment"),
    ]
    assert item.active.source == "usage"
    assert item.not_active == 30 - item.active.number
    assert [each.source for each in view.sources] == ["deployment", "usage"]
    assert f"Active · {item.workload}" in json.dumps(draw(view, WORDS), ensure_ascii=False)


async def test_the_numbers_are_those_of_the_two_reports_alone():
    async with selling() as (parts, _):
        both = await parts.answers.answer(f"usage of sold licenses for {STORY} by customer", ANN)
        sold = await parts.answers.press(press_of(both.sold), ANN)
        assert isinstance(sold, UsageView)
        assert both.items[0].sold.number == sold.total.qualified
        assert both.items[0].assigned.number == sold.total.active


async def test_customers_are_listed_with_what_is_not_active_first():
    async with selling() as (parts, _):
        view = await parts.answers.answer("how many of the sold licenses are used", ANN)
        idle = [(each.worst if each.worst and not each.workload else each).not_active or 0 for each in view.items]
        assert idle == sorted(idle, reverse=True)
        opened = await parts.answers.press(press_of(view.items[0].open), ANN)
        assert isinstance(opened, SoldUseView)
        assert opened.customer == view.items[0].customer
        assert sum(each.sold.number or 0 for each in opened.items) == view.items[0].sold.number


async def test_a_product_without_use_is_listed_and_counted():
    view = await asked("usage of sold licenses for O'Brien & Sons")
    (copilot,) = [each for each in view.items if each.product == "MICROSOFT 365 COPILOT"]
    assert (copilot.active.number, copilot.not_active, copilot.missing) == (None, None, "without_use")
    assert dict(view.counted)["without_use"] == 1


async def test_sold_but_not_used_leaves_out_what_is_used_whole():
    view = await asked("sold but not used by product")
    assert isinstance(view, SoldUseView)
    assert view.matched > 0
    assert all((each.not_active or 0) > 0 or (each.worst and each.worst.not_active) for each in view.items)


async def test_a_report_that_is_missing_leaves_its_numbers_unknown():
    view = await asked("usage of sold licenses by product", "sold_missing")
    assert isinstance(view, SoldUseView)
    assert view.items
    assert {(each.sold.number, each.not_active) for each in view.items} == {(None, None)}
    assert any(each.active.number is not None for each in view.items)
    assert "not_sold" not in dict(view.counted)
    assert {each.missing for each in view.items} == {""}
    assert view.sources[0].problem == "endpoint_missing"


async def test_what_follows_changes_the_question():
    async with selling() as (parts, _):
        await parts.answers.answer(f"usage of sold licenses for {STORY}", ANN)
        below = await parts.answers.answer("only below 10%", ANN)
        assert isinstance(below, SoldUseView)
        assert below.scope == (STORY,)
        sold = await parts.answers.answer("and unassigned?", ANN)
        assert (sold.seats, sold.scope) == (True, (STORY,))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("usage of sold licenses as of 2018-10-01", "not_offered.day_sold_use"),
        ("export usage of sold licenses", "not_offered.export"),
        ("usage of sold licenses by channel", "not_offered.lines_sold_use"),
        ("digest every monday usage of sold licenses only if something changed", "not_offered.condition"),
    ],
)
async def test_what_the_answer_cannot_show_is_refused_by_its_name(text, problem):
    view = await asked(text)
    assert isinstance(view, NotUnderstoodView), view
    assert view.problem == problem


async def test_an_answer_is_packed_for_a_digest_and_read_back():
    async with selling() as (parts, _):
        services = parts.services
        names = await services.directories.names(ANN)
        command = read_object({"v": 1, "verb": "usage", "kind": "sold_use"})
        found = await ask_kind(command, ANN, names, services)
        again = unpack_any(pack_any(found))
        part = ShownPart(12, today=services.today(ANN))
        assert again.view(part) == found.view(part)


@pytest.mark.parametrize("locale", available())
async def test_the_answer_is_drawn_in_each_language(locale):
    view = await asked("usage of sold licenses")
    words = LocaleWords.load(locale)
    card = draw(view, words)
    assert size(card.card if hasattr(card, "card") else card) <= BUDGET
    assert words.say("sold_use.rule") in plain_text(view, words)
    said = view_as_json(view, words)
    assert (said["kind"], said["total"]) == ("sold_use", view.matched)


async def test_what_was_sold_of_a_product_leads_to_its_use():
    async with selling() as (parts, _):
        sold = await parts.answers.answer("sold licenses of Microsoft 365 Copilot", ANN)
        used = await parts.answers.press(press_of(sold.beside), ANN)
        assert isinstance(used, SoldUseView)
        assert (used.scope, used.items[0].sold.number) == (("MICROSOFT 365 COPILOT",), sold.total.qualified)


async def test_what_was_sold_of_a_service_leads_to_the_use_of_no_other():
    async with selling() as (parts, _):
        sold = await parts.answers.answer("licenses sold of Office 365", ANN)
        used = await parts.answers.press(press_of(sold.beside), ANN)
        whole = await parts.answers.answer("usage of sold licenses", ANN)
        assert (used.scope, used.matched) == (sold.scope, sold.matched)
        assert dict(used.counted)["without_use"] <= dict(whole.counted)["without_use"]


async def test_a_tap_on_a_line_keeps_whose_licenses_are_asked_about():
    async with selling() as (parts, _):
        view = await parts.answers.answer(f"usage of sold licenses for {STORY} and O'Brien & Sons by product", ANN)
        assert isinstance(view, SoldUseView)
        opened = await parts.answers.press(press_of(view.items[0].open), ANN)
        assert set(opened.scope) == {STORY, "O'Brien & Sons", view.items[0].product}
        assert sum(each.sold.number or 0 for each in opened.items) == view.items[0].sold.number
        sold = await parts.answers.press(press_of(view.sold), ANN)
        assert set(sold.scope) == {STORY, "O'Brien & Sons"}


async def test_a_tap_on_a_line_leaves_out_what_the_question_does():
    async with selling() as (parts, _):
        view = await parts.answers.answer("usage of sold licenses except Microsoft 365 Copilot", ANN)
        assert isinstance(view, SoldUseView)
        opened = await parts.answers.press(press_of(view.items[0].open), ANN)
        assert "without" in [each.kind for each in opened.narrowed]
        assert sum(each.sold.number or 0 for each in opened.items) == view.items[0].sold.number
