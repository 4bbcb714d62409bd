"""The check of the pictures finds faults: cards that are cut or overflow.

And hostile names have no effect.
"""

from typing import Any

import pytest

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
    drawn = await draw_on_screen(card, "broken-" + what.replace(" ", "-"))
    assert drawn.unreadable != []


async def test_an_element_unknown_to_the_renderer_is_found(draw_on_screen: Any) -> None:
    drawn = await draw_on_screen(
        {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "Chart.Pyramid"}]}, "broken-unknown"
    )
    assert drawn.complaints != []


@pytest.mark.parametrize("name", NAMES)
async def test_markup_in_a_name_is_shown_as_typed(name: str, draw_on_screen: Any) -> None:
    item = UsageItem(name, name, shown(1, 2))
    view = UsageView(f"usage for {name}", (name,), (), (item, item), 2, shown(2, 4), ())
    drawn = await draw_on_screen(draw(view, LocaleWords.load("en-US")), "hostile")
    assert drawn.text.replace("\u200b", "").replace("{ {", "{{").count(name) == 5
    for markup in ("<a ", "<img", "<em", "<strong", "<code", "<h1"):
        assert markup not in drawn.markup
