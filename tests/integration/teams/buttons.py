"""What buttons send that ask the scripted answers for a text."""

from typing import Any

from bot.commands.command import Customers
from bot.usage.command_buttons import PressedButton, ask_button, more_button
from cards.views.button_payload import pack


def asks(text: str, *, replace: bool = False) -> dict[str, Any]:
    return pack(ask_button(Customers(text), replace=replace))


def wants_more(text: str, rows: int = 24) -> dict[str, Any]:
    return pack(more_button(Customers(text), rows))


def text_of(button: PressedButton) -> str:
    """The text that such a button asks for; the sentence of one of version 1."""
    if isinstance(button.asked, str):
        return button.asked
    assert isinstance(button.asked, Customers)
    return button.asked.search or ""
