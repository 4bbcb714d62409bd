"""What a chat client sends, made plain, with every character's offset in what was typed. Pure.

Teams puts mentions in `<at>…</at>` and may escape the rest as HTML; phones add non-breaking and zero-width spaces:
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
_JOINERS = "\u200c\u200d"  # part of Persian words and of family emoji, so part of names


@dataclass(frozen=True, slots=True)
class MessageText:
    """Plain text; `origin[i]` is the offset of `text[i]` in what was typed, `origin[len(text)]` its end."""

    text: str
    origin: tuple[int, ...]


def plain(typed: str) -> MessageText:
    """Without mentions and tags, entities read, every white space a blank, invisible characters gone.

    Lone surrogates become U+FFFD: they cannot be sent to anybody as UTF-8.
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
    """`text` as it can stand in a `Name`: one line, single blanks, nothing invisible."""
    return " ".join("".join(map(_plain, text)).split())


def escape(text: str) -> str:
    """`text` so that `plain` gives it back: what looks like an entity or a tag is escaped."""
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
