"""Tests that a card is readable in a terminal, whatever is in it."""

import io
from typing import Any

import pytest
from rich.console import Console
from rich.text import Text

from bot.cli.output.card_text import Button, draw_card, plain
from bot.gallery.samples.sample_parts import ask, more
from cards.draw import draw
from cards.views.answer_views import Choice, PickerView, UsageItem, UsageView
from cards.views.button_payload import unpack
from cards.wording.locale_words import LocaleWords
from tests.shown_figures import shown


def text_of(card: dict[str, Any], width: int = 100) -> str:
    out = io.StringIO()
    console = Console(width=width, file=out, color_system="truecolor", force_terminal=True)
    console.print(draw_card(card).picture)
    return Text.from_ansi(out.getvalue()).plain


def card(*body: Any, **more: Any) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "version": "1.5", "body": list(body), **more}


USAGE = UsageView(
    question="usage for TEST COMPANY on Exchange",
    scope=("TEST COMPANY", "Exchange"),
    by=("product",),
    items=(UsageItem("EXCHANGE ONLINE PROTECTION", None, shown(0, 1)), UsageItem("E3", "Exchange", shown(3, 4))),
    matched=30,
    total=shown(3, 5),
    as_of=(),
    more=more("usage for TEST COMPANY on Exchange", 24),
)


def test_a_usage_card_shows_each_row_with_its_figures_and_share() -> None:
    lines = text_of(draw(USAGE, LocaleWords.load("en"))).splitlines()
    at = next(at for at, line in enumerate(lines) if "EXCHANGE ONLINE PROTECTION" in line)
    assert lines[at].rstrip(" │").endswith(" 1")  # unused
    assert "0% · 0\u00a0of\u00a01" in lines[at + 1]


def test_numbers_of_all_rows_end_in_the_same_column() -> None:
    lines = text_of(draw(USAGE, LocaleWords.load("en"))).splitlines()
    ends = {len(line.rstrip(" │")) for line in lines if "EXCHANGE" in line or line.startswith("│ E3")}
    assert len(ends) == 1


def test_a_button_has_a_number_and_the_payload_the_bot_packed() -> None:
    drawn = draw_card(draw(USAGE, LocaleWords.load("en")))
    assert [unpack(button.data) for button in drawn.buttons] == [
        more("usage for TEST COMPANY on Exchange", 22, start=2)
    ]
    assert f" 1  {drawn.buttons[0].title}" in text_of(draw(USAGE, LocaleWords.load("en")))


def test_a_pickers_buttons_are_numbered_in_order() -> None:
    choices = tuple(Choice(name, None, ask(f"usage for {name}", replace=True)) for name in ("Contoso A", "Contoso B"))
    drawn = draw_card(draw(PickerView("contoso", "customer", choices, 2), LocaleWords.load("en")))
    assert [unpack(button.data) for button in drawn.buttons] == [choice.ask for choice in choices]


def test_nothing_is_wider_than_a_narrow_terminal() -> None:
    assert max(len(line) for line in text_of(draw(USAGE, LocaleWords.load("en")), width=40).splitlines()) <= 40


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\x1b]0;owned\x07", "\u202e", "\u2028", "\ud800", "\r", "\x9b1m"])
def test_name_cannot_control_the_terminal(hostile: str) -> None:
    out = io.StringIO()
    console = Console(width=60, file=out)
    run = {"type": "TextRun", "text": f"a{hostile}b"}
    console.print(draw_card(card({"type": "RichTextBlock", "inlines": [run]})).picture)
    assert hostile not in out.getvalue()
    assert hostile not in plain(f"a{hostile}b")


def test_markup_in_a_name_is_text() -> None:
    assert "[red]Contoso[/red]" in text_of(card({"type": "TextBlock", "text": "[red]Contoso[/red]"}))


def test_unknown_element_is_drawn_through_its_fallback() -> None:
    unknown = {"type": "Chart.Donut", "fallback": {"type": "TextBlock", "text": "half"}}
    assert "half" in text_of(card(unknown, {"type": "Chart.Line", "fallback": "drop"}, {"type": "Rating"}))


def test_a_table_has_heads_and_rows() -> None:
    def row(*texts: str) -> dict[str, Any]:
        return {"type": "TableRow", "cells": [{"type": "TableCell", "items": [block(text)]} for text in texts]}

    def block(text: str) -> dict[str, Any]:
        return {"type": "TextBlock", "text": text}

    shown = text_of(card({"type": "Table", "rows": [row("Product", "Share"), row("E3", "50%"), row("E5")]}))
    assert shown.index("Product") < shown.index(" ──") < shown.index("E3") < shown.index("E5")


def test_hidden_and_phone_only_elements_are_left_out() -> None:
    hidden = {"type": "TextBlock", "text": "hidden", "isVisible": False}
    phone = {"type": "TextBlock", "text": "phone", "targetWidth": "atMost:narrow"}
    shown = text_of(card(hidden, phone, {"type": "TextBlock", "text": "here"}))
    assert "here" in shown
    assert "hidden" not in shown
    assert "phone" not in shown


def test_facts_images_links_and_selectable_boxes_are_drawn() -> None:
    facts = {"type": "FactSet", "facts": [{"title": "Tenant", "value": "contoso"}]}
    image = {"type": "Image", "url": "https://x.example/i.png", "altText": "a bar"}
    link = {"type": "Action.OpenUrl", "title": "Docs", "url": "https://docs.example"}
    whole = {"type": "Container", "items": [], "selectAction": {"type": "Action.Execute", "title": "All", "data": 1}}
    drawn = draw_card(card(facts, image, whole, actions=[link, {"type": "Action.ShowCard", "title": "no"}]))
    shown = text_of(card(facts, image, whole, actions=[link]))
    assert drawn.buttons == [Button("All", 1), Button("Docs", None, "https://docs.example")]
    assert all(part in shown for part in ("Tenant", "contoso", "a bar", "https://docs.example"))


def test_a_card_nested_without_end_is_drawn_as_far_as_it_goes() -> None:
    element: dict[str, Any] = {"type": "TextBlock", "text": "deep"}
    for _ in range(200):
        element = {"type": "Container", "items": [element, {"type": "TextBlock", "text": "shallow"}]}
    assert "shallow" in text_of(card(element))
