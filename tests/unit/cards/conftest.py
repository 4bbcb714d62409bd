"""Read a card as a person does: its texts in order, and its buttons."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cards.views.button_payload import Action, unpack

Card = dict[str, Any]


def _walk(value: Any) -> Iterator[Card]:
    if isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if key not in {"data", "fallback"}:
                yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)


@pytest.fixture
def lines() -> Callable[[Card], list[str]]:
    """Return a function that returns the lines of text on a card."""

    def read(card: Card) -> list[str]:
        found: list[str] = []
        for part in _walk(card["body"]):
            if part.get("type") == "RichTextBlock":
                found += "".join(run["text"] for run in part["inlines"]).split("\n")
            elif part.get("type") == "TextBlock":
                found.append(part["text"])
        return found

    return read


@pytest.fixture
def pressed() -> Callable[[Card], list[tuple[str, Action | None]]]:
    """Return a function that returns each button's title and what it asks."""

    def read(card: Card) -> list[tuple[str, Action | None]]:
        buttons = [part for part in _walk(card["body"]) if part.get("type") == "Action.Execute"]
        return [(button["title"], unpack(button["data"])) for button in buttons]

    return read
