"""Buttons whose command is no command, as it is of no matter to the cards."""

from cards.digests.digest_list_card import PRESSES
from cards.views.answer_views import Example, Suggestion
from cards.views.button_payload import AskButton, MoreButton


def ask(text: str, *, replace: bool = False) -> AskButton:
    return AskButton({"says": text}, replace)


def more(text: str, rows: int, *, start: int = 0) -> MoreButton:
    return MoreButton({"says": text}, rows, start)


def acts(number: int) -> dict[str, AskButton]:
    """What can be done with a digest."""
    return {act: ask(f"{act} digest {number}") for act in PRESSES}


def example(text: str, words: str) -> Example:
    return Example(text, words, ask(text))


def suggestion(text: str) -> Suggestion:
    return Suggestion(text, ask(text))
