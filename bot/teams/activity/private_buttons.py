"""Marks of the buttons of a private answer: what they post stays private. Pure.

In a channel or group chat a person can ask with a slash command, which no other member sees. The press of a button
arrives without saying so, therefore the payload does. It is client-controlled: who changes it changes only who reads
the answer to their own press.
"""

from collections.abc import Mapping

from bot.usage.addressed_buttons import payloads

PRIVATE = "private"


def keep_private(card: object) -> None:
    """Mark each button of `card` (JSON), in place."""
    for data in payloads(card):
        data[PRIVATE] = True


def is_kept_private(value: object) -> bool:
    """Return True if `value` is of a button with the mark.

    It is that of an invoke, or of an old client's message.
    """
    if not isinstance(value, Mapping):
        return False
    action = value.get("action")
    data = action.get("data") if isinstance(action, Mapping) else value
    return isinstance(data, Mapping) and data.get(PRIVATE) is True
