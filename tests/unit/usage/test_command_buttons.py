"""What a pressed button asks: a command, or nothing at all."""

import pytest

from bot.commands.command import Help, Name, Usage
from bot.usage.command_buttons import PressedButton, ask_button, more_button, press_of, pressed, sentence_on
from cards.views.button_payload import AskButton, pack

QUESTION = Usage(customers=(Name("TEST COMPANY"),))


def test_button_that_was_made_asks_its_command() -> None:
    assert pressed(pack(ask_button(QUESTION))) == PressedButton(QUESTION)
    assert pressed(pack(ask_button(QUESTION, replace=True))) == PressedButton(QUESTION, replace=True)
    assert pressed(pack(more_button(QUESTION, 24))) == PressedButton(QUESTION, 24, replace=True)


def test_button_of_version_1_asks_its_sentence() -> None:
    found = pressed({"v": 1, "do": "more", "text": "usage", "shown": 24})
    assert found == PressedButton("usage", 24, replace=True)
    assert found.sentence() == "usage"


@pytest.mark.parametrize(
    "command",
    [{}, {"v": 1, "verb": "drop"}, {"v": 99, "verb": "usage"}, {"v": 1, "verb": "usage", "caller": "somebody else"}],
)
def test_button_is_refused_when_its_command_is_none(command: dict[str, object]) -> None:
    assert pressed({"v": 2, "command": command}) is None
    assert press_of(AskButton(command)) is None
    assert sentence_on(AskButton(command)) == ""


def test_button_says_the_sentence_that_asks_the_same() -> None:
    assert sentence_on(more_button(QUESTION, 24)) == "usage for TEST COMPANY"
    assert PressedButton(Help("usage")).sentence() == "help usage"
