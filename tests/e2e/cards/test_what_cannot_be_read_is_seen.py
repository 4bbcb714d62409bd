"""The check of the pictures finds faults: cards that are cut or overflow.

And hostile names have no effect.
"""

from typing import Any

import pytest
from playwright.async_api import Page

from cards.draw import draw
from cards.views.answer_views import UsageItem, UsageView
from cards.wording.locale_words import LocaleWords
from tests.shown_figures import shown

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
BROKEN: dict[str, dict[str, Any]] = {
    "a long word without places to break": {
        "type": "RichTextBlock",
        "inlines": [{"type": "TextRun", "text": WORD}],
    },
    "a text that does not wrap": {"type": "TextBlock", "text": WORD.replace("s", "s "), "wrap": False},
    "a title too long for its button": {
        "type": "ActionSet",
        "actions": [{"type": "Action.Submit", "title": "usage for TEST COMPANY on Exchange below 50%"}],
    },
    "a bar of two lines": {
        "type": "RichTextBlock",
        "inlines": [{"type": "TextRun", "text": "▰▰▰▰▰▰"}, {"type": "TextRun", "text": "\n▱▱▱▱"}],
    },
    "a tile that a thumb misses": {
        "type": "Container",
        "selectAction": {"type": "Action.Submit", "title": "usage"},
        "items": [{"type": "TextBlock", "text": "usage"}],
    },
    "columns wider than the card": {
        "type": "ColumnSet",
        "columns": [
            {"type": "Column", "width": "400px", "items": [{"type": "TextBlock", "text": "left", "wrap": True}]},
            {"type": "Column", "width": "auto", "items": [{"type": "TextBlock", "text": "right", "wrap": True}]},
        ],
    },
}
NAMES = ("*Contoso* [x](http://evil.example)", "<img src=x onerror=alert(1)>", "# Contoso", "`a` **b** ~~c~~ _d_",
         "{{DATE(2018-10-14T00:00:00Z, SHORT)}}", "<at>Robin</at>", "![x](http://evil.example/x.png)")  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
async def test_unreadable_text_is_found_at_the_width_of_a_phone(what: str, draw_on_screen: Any) -> None:
    card = {"type": "AdaptiveCard", "version": "1.5", "body": [BROKEN[what]]}
    drawn = await draw_on_screen(card)
    assert drawn.faults != []


TWO_LINES = {"type": "AdaptiveCard", "version": "1.5", "body": [
    {"type": "TextBlock", "text": "first", "isSubtle": True}, {"type": "TextBlock", "text": "second"}]}  # fmt: skip
SPOILT = {
    "contrast 1.4": """place => drawCard(card, {...data.themes.light, subtle: "#dddddd"}, place)""",
    "read after what is below it": """place => { place.firstChild.style.flexDirection = "column-reverse"; }""",
}


@pytest.mark.parametrize(("fault", "spoil"), list(SPOILT.items()))
async def test_faint_and_misplaced_text_is_found(fault: str, spoil: str, draw_on_screen: Any, gallery: Page) -> None:
    drawn = await draw_on_screen(TWO_LINES)
    assert drawn.faults == []
    place = gallery.locator(".place").first
    await place.evaluate(f"(place, card) => ({spoil})(place)", TWO_LINES)
    (found,) = await place.evaluate("place => faultsOf(place)")
    assert fault in found


async def test_an_element_unknown_to_the_renderer_is_found(draw_on_screen: Any) -> None:
    drawn = await draw_on_screen({"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "Chart.Pyramid"}]})
    assert drawn.complaints != []


@pytest.mark.parametrize("name", NAMES)
async def test_markup_in_a_name_is_shown_as_typed(name: str, draw_on_screen: Any) -> None:
    item = UsageItem(name, name, shown(1, 2))
    view = UsageView(f"usage for {name}", (name,), (), (item, item), 2, shown(2, 4), ())
    drawn = await draw_on_screen(draw(view, LocaleWords.load("en-US")))
    assert drawn.text.replace("\u200b", "").replace("{ {", "{{").count(name) == 5
    for markup in ("<a ", "<img", "<em", "<strong", "<code", "<h1"):
        assert markup not in drawn.markup
