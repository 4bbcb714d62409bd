"""Marks of the person of a card, in its buttons that change or post something.

Pure.

In a shared conversation every member can press a button, and a press acts with the rights of the presser. So only for
the person for whom its card was made, a button that changes something acts at once, and one that posts an answer posts
it for everybody.
"""

from collections.abc import Iterator, Mapping
from hashlib import blake2s
from typing import Any

from bot.commands.effects import CHANGING_VERBS
from bot.domain.conversation import Caller, Conversation, ConversationKind
from cards.views.button_payload import payload_of

FOR = "for"
IN = "in"
LONGEST = 32


def mark_of(caller: Caller) -> str:
    """Return the mark of a person.

    It is a digest of the ids, because every member can read a card.
    """
    return blake2s("/".join(caller.key).encode("utf-8", "replace"), digest_size=8).hexdigest()


def is_shared(here: Conversation | None) -> bool:
    """Return True if other people read this conversation."""
    return here is not None and here.kind is not ConversationKind.PERSONAL


def is_anothers(mark: str, caller: Caller, here: Conversation | None) -> bool:
    """Return True if a card with this mark was made for another person.

    A card without a mark was made for an unknown one.
    """
    return is_shared(here) and mark != mark_of(caller)


def address(card: object, caller: Caller) -> None:
    """Mark each button of `card` (JSON) that changes or posts something, in place."""
    mark = ""
    for data in payloads(card):
        payload = payload_of(data)
        command = payload.get("command")
        changes = isinstance(command, Mapping) and command.get("verb") in CHANGING_VERBS
        if changes or payload.get("replace") is False:
            mark = mark or mark_of(caller)
            data[FOR] = mark


def keep_language(card: object, language: str) -> None:
    """Mark each button of `card` (JSON) with the language of its text.

    The next card is in it, too.
    """
    for data in payloads(card):
        data[IN] = language


def passing_mark(value: object) -> str:
    """Return the language in the payload of a button, "" if none. Never raises."""
    action = value.get("action") if isinstance(value, Mapping) else None
    data = action.get("data") if isinstance(action, Mapping) else value
    mark = data.get(IN) if isinstance(data, Mapping) else None
    return mark if isinstance(mark, str) and len(mark) <= LONGEST else ""


def addressee(data: object) -> str:
    """Return the mark in the payload of a button, "" if there is none. Never raises."""
    mark = data.get(FOR) if isinstance(data, Mapping) else None
    return mark if isinstance(mark, str) and len(mark) <= LONGEST else ""


def payloads(part: object) -> Iterator[dict[str, Any]]:
    """Yield the payload of every action, also of those that older clients use instead."""
    waiting = [part]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            if str(each.get("type", "")).startswith("Action.") and isinstance(data := each.get("data"), dict):
                yield data
            waiting += (value for value in each.values() if isinstance(value, list | dict))
