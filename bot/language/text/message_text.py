"""The message of a chat client as plain text with the original offsets. Pure.

Teams writes mentions as `<at>…</at>` and may escape the rest as HTML. Phones add non-breaking and zero-width spaces:
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations
"""

import html
import re
import unicodedata
from dataclasses import dataclass

_MARKUP = re.compile(
    r"(?is)<at\b[^<>]*>.*?</at\s*>"
    r"|</?[a-z][^<>]*>"
    r"|&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});"
)
_ENTITY = re.compile(r"(?i)&(?=(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)")
_TAG = re.compile(r"(?i)<(?=/?[a-z])")
_JOINERS = "\u200c\u200d"  # they belong to Persian words and to family emoji, so they may be part of a name


@dataclass(frozen=True, slots=True)
class MessageText:
    """Plain text with its offsets in the typed text.

    `origin[i]` is the typed offset of `text[i]`; `origin[len(text)]` is the length of the typed text.
    """

    text: str
    origin: tuple[int, ...]


def plain(typed: str) -> MessageText:
    """Return `typed` without mentions, tags and invisible characters.

    Entities are decoded and every white space becomes a blank. Lone surrogates become U+FFFD, because they cannot be
    encoded as UTF-8.
    """
    characters: list[str] = []
    origin: list[int] = []

    def keep(text: str, start: int, step: int) -> None:
        for index, character in enumerate(text):
            if made := _plain(character):
                characters.append(made)
                origin.append(start + index * step)

    done = 0
    for markup in _MARKUP.finditer(typed):
        keep(typed[done : markup.start()], done, 1)
        found = markup.group()
        keep(html.unescape(found) if found.startswith("&") else " ", markup.start(), 0)
        done = markup.end()
    keep(typed[done:], done, 1)
    return MessageText("".join(characters), (*origin, len(typed)))


def tidy(text: str) -> str:
    """Return `text` as a `Name` may hold it.

    It has one line, single blanks and no invisible characters.
    """
    return " ".join("".join(map(_plain, text)).split())


def escape(text: str) -> str:
    """Return `text` with entities and tags escaped. Then `plain` returns the original."""
    return _TAG.sub("&lt;", _ENTITY.sub("&amp;", text))


def _plain(character: str) -> str:
    if " " <= character <= "~":
        return character
    category = unicodedata.category(character)
    if character.isspace() or category == "Cc":
        return " "
    if category == "Cs":
        return "\ufffd"
    if category == "Cf" and character not in _JOINERS:
        return ""
    return character
