"""Marks of the buttons of a card that one person sees. Pure.

In a channel or group chat a person can ask with a slash command, which no other member sees: everything that follows
stays private. Or the bot asks them back for themselves, such as which customer they mean: then the answer is for
everybody, as the question was. The press of a button arrives without saying where the card is, therefore the payload
does. It is client-controlled: who changes it changes only who reads the answer to their own press.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from bot.usage.addressed_buttons import payloads
from cards.views.button_payload import READERS_KEY

PRIVATE = "private"


class Privacy(StrEnum):
    """Who sees a card, and the answers to its buttons."""

    NONE = ""
    CARD = "card"  # one person sees it, and everybody the answers
    ANSWERS = "answers"  # one person sees it, and the answers


_MARKS: Mapping[Privacy, object] = {Privacy.CARD: "card", Privacy.ANSWERS: True}


def keep_private(card: object, privacy: Privacy = Privacy.ANSWERS) -> None:
    """Mark each button of `card` (JSON), in place."""
    mark = _MARKS.get(privacy)
    if mark is None:
        return
    for data in payloads(card):
        data[PRIVATE] = mark


def privacy_of(value: object) -> Privacy:
    """Return the mark in the `value` of a pressed button.

    It is that of an invoke, or of an old client's message.
    """
    data = data_of(value)
    mark = data.get(PRIVATE)
    if mark is True or data.get(READERS_KEY) == "me":
        return Privacy.ANSWERS
    return Privacy.CARD if mark == _MARKS[Privacy.CARD] else Privacy.NONE


def readers_of(value: object) -> str:
    """Return who is to read the answer to a pressed button.

    One of `READERS` of cards.views.button_payload; "" if the presser chose none.
    """
    chosen = data_of(value).get(READERS_KEY)
    return chosen if isinstance(chosen, str) else ""


def data_of(value: object) -> Mapping[Any, Any]:
    """Return the payload in the `value` of a pressed button; {} if there is none."""
    action = value.get("action") if isinstance(value, Mapping) else None
    data = action.get("data") if isinstance(action, Mapping) else value
    return data if isinstance(data, Mapping) else {}
