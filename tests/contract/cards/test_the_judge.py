"""The validator of cards finds faults.

Each of these faults was made in a real bot.
"""

from collections.abc import Callable
from typing import Any

import pytest

from bot.gallery.samples.sample_parts import ask
from cards.parts.card_size import BUDGET
from cards.views.button_payload import pack

Card = dict[str, Any]
BUTTON = {"type": "Action.Execute", "title": "AskButton", "verb": "ask", "data": pack(ask("usage"))}


def card(*body: Card, **properties: Any) -> Card:
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "body": list(body),
        "speak": "hello",
        "lang": "en",
        "fallbackText": "hello",
        **properties,
    }


GOOD: dict[str, Card] = {
    "text": {"type": "TextBlock", "text": "hello", "wrap": True, "weight": "bolder", "targetWidth": "atLeast:narrow"},
    "table": {
        "type": "Table",
        "firstRowAsHeaders": True,
        "columns": [{"width": 1}],
        "rows": [{"type": "TableRow", "cells": [{"type": "TableCell", "items": [
            {"type": "TextBlock", "text": "hello", "wrap": True}]}]}],
    },
    "bar": {"type": "ProgressBar", "value": 3, "fallback": {"type": "TextBlock", "text": "3%", "wrap": True}},
    "button": {"type": "ActionSet", "actions": [BUTTON]},
    "menu": {"type": "ActionSet", "actions": [BUTTON, *[{**BUTTON, "mode": "secondary"}] * 5]},
}  # fmt: skip
WRONG: dict[str, Card] = {
    "misspelt": {"type": "TextBlock", "text": "hello", "wrap": True, "warp": True},
    "wrong value": {"type": "TextBlock", "text": "hello", "wrap": True, "size": "gigantic"},
    "no wrap": {"type": "TextBlock", "text": "hello, reader"},
    "no text": {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": " "}]},
    "unknown": {"type": "Chart.Pyramid"},
    "nested": {"type": "Container", "items": [{"type": "ProgressBar", "value": "much", "fallback": "drop"}]},
    "no fallback": {"type": "ProgressBar", "value": 3},
    "no items": {"type": "Container", "items": []},
    "no actions": {"type": "ActionSet", "actions": []},
    "no alt text": {"type": "Image", "url": "https://example.com/a.png"},
    "no url": {"type": "Image", "altText": "a"},
    "no label": {"type": "Input.Text", "id": "a"},
    "no payload": {"type": "ActionSet", "actions": [{**BUTTON, "data": {"text": "usage"}}]},
    "old spelling": {**GOOD["table"], "firstRowAsHeader": True},
    "too many buttons": {"type": "Container", "items": [{"type": "ActionSet", "actions": [BUTTON] * 4}] * 2},
    "too many in a menu": {"type": "ActionSet", "actions": [BUTTON, *[{**BUTTON, "mode": "secondary"}] * 6]},
    "a menu alone": {"type": "ActionSet", "actions": [{**BUTTON, "mode": "secondary"}]},
    "too many buttons in a row": {"type": "ActionSet", "actions": [BUTTON] * 7},
    "too large": {"type": "TextBlock", "text": "x" * BUDGET, "wrap": True},
    "too large in UTF-16": {"type": "TextBlock", "text": "x" * (BUDGET // 2), "wrap": True},
}


@pytest.mark.parametrize("name", GOOD)
def test_a_valid_card_has_no_problems(name: str, valid_card: Callable[[Card], Card]) -> None:
    assert valid_card(card(GOOD[name]))["body"] == [GOOD[name]]


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_element_is_found(name: str, valid_card: Callable[[Card], Card]) -> None:
    with pytest.raises(AssertionError):
        valid_card(card(WRONG[name]))


@pytest.mark.parametrize("properties", [{"speak": ""}, {"lang": None}, {"fallbackText": ""}, {"version": "1.6"},
                                        {"footer": 1}])  # fmt: skip
def test_a_card_without_a_required_property_is_found(properties: Card, valid_card: Callable[[Card], Card]) -> None:
    with pytest.raises(AssertionError):
        valid_card(card(GOOD["text"], **properties))
