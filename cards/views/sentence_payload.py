"""The payloads of version 1, which are read but no longer made. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cards.views.payload_values import TEXT_LIMIT, is_count, is_unicode

# Version 1 held an English sentence. The last cards of that kind are posted by the last process of release 0.1, and are
# answered for 90 days after that: what reads version 1 may be removed on 2027-03-15, not earlier.
SENTENCES = 1


@dataclass(frozen=True, slots=True)
class SentenceButton:
    """A button of version 1, which is read but no longer made.

    Answer `text` as if the presser had typed it, with `rows` rows if they are given.
    """

    text: str
    rows: int | None = None
    replace: bool = False


def sentence_in(data: Mapping[Any, Any]) -> SentenceButton | None:
    """Return the button, None for anything that the old release did not make."""
    text = data.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > TEXT_LIMIT or not is_unicode(text):
        return None
    match data.get("do"):
        case "ask" if isinstance(data.get("replace", False), bool):
            return SentenceButton(text, replace=data.get("replace", False))
        case "more" if is_count(shown := data.get("shown")):
            return SentenceButton(text, shown, replace=True)
    return None
