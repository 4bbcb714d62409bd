"""Test that any JSON can be drawn as a card."""

import io
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.cli.output.card_text import draw_card

TYPES = ("TextBlock", "RichTextBlock", "Container", "ColumnSet", "Table", "FactSet", "ActionSet", "Image", "Other")
NAMES = ("text", "items", "columns", "inlines", "rows", "cells", "facts", "actions", "fallback", "altText", "width")

leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
elements = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4).flatmap(
            lambda found: st.sampled_from(TYPES).map(lambda kind: {**found, "type": kind})
        )
    ),
    max_leaves=15,
)


@given(elements, elements)
def test_any_card_can_be_drawn_and_printed(body: Any, actions: Any) -> None:
    drawn = draw_card({"type": "AdaptiveCard", "body": body, "actions": actions})
    Console(file=io.StringIO(), width=60).print(drawn.picture)
    assert all(isinstance(button.title, str) for button in drawn.buttons)
