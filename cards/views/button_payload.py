"""The payloads of a card's buttons: typed, versioned, safe for hostile input.

Pure. A payload is client-controlled: anyone in the chat can press a button, and a modified client can send anything. So
a payload never says who asks or what may be seen, only what is asked. The answer is fetched with the presser's rights.
"""

from dataclasses import dataclass
from typing import Any

VERSION = 1
TEXT_LIMIT = 2_000
ROWS_LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class AskButton:
    """Answer `text` as if the presser had typed it.

    With `replace` the answer replaces the card (a picker's).
    """

    text: str
    replace: bool = False


@dataclass(frozen=True, slots=True)
class MoreButton:
    """Show the answer to `text` again, with `shown` rows."""

    text: str
    shown: int


Action = AskButton | MoreButton


def pack(action: Action) -> dict[str, Any]:
    """Return the `data` of an Action.Execute or Action.Submit."""
    match action:
        case AskButton(text, replace):
            return {"v": VERSION, "do": "ask", "text": text, "replace": replace}
        case MoreButton(text, shown):
            return {"v": VERSION, "do": "more", "text": text, "shown": shown}


def unpack(data: object) -> Action | None:
    """Return the action in `data`, or None for anything that `pack` did not make.

    Never raises.
    """
    if not isinstance(data, dict) or type(version := data.get("v")) is not int or version != VERSION:
        return None
    text = data.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > TEXT_LIMIT or not _is_unicode(text):
        return None
    match data.get("do"):
        case "ask" if isinstance(data.get("replace", False), bool):
            return AskButton(text, data.get("replace", False))
        case "more" if type(shown := data.get("shown")) is int and 0 < shown <= ROWS_LIMIT:
            return MoreButton(text, shown)
    return None


def _is_unicode(text: str) -> bool:
    """Return False for an unpaired surrogate, which JSON can contain but no encoder accepts."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
