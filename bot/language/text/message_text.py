"""The message of a chat client as plain text with the original offsets. Pure.

Teams writes mentions as `<at>…</at>` and may escape the rest as HTML. Phones add non-breaking and zero-width spaces:
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations
"""

import html
import re
import unicodedata
from dataclasses import dataclass

# The tags that Teams sends or a paste brings. Any other `<…>` is text: names are written so, `Acme <Holding>`.
_TAGS = (
    "a|abbr|at|attachment|b|big|blockquote|body|br|caption|center|cite|code|codeblock|col|colgroup|dd|del|div|dl|dt|em"
    "|emoji|figure|font|h[1-6]|head|hr|html|i|img|ins|kbd|label|li|mark|meta|ol|p|pre|q|readonly|s|section|small|span"
    "|strike|strong|style|sub|sup|systemeventmessage|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul|video"
)
_LINK_END = r"\]\((?:https?://|mailto:|tel:)[^\s()<>]*\)"
_MARKUP = re.compile(
    r"(?is)<at\b[^<>]*>.*?</at\s*>"
    rf"|</?(?:{_TAGS})(?=[\s/>])[^<>]*>"
    r"|&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});"
    rf"|\[(?=[^\[\]]*{_LINK_END})|{_LINK_END}"  # `[contoso.com](https://contoso.com)`: the text of a link is kept
)
_ENTITY = re.compile(r"(?i)&(?=(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)")
_TAG = re.compile(r"(?i)<(?=/?[a-z])")
_LINK = re.compile(r"(?i)\]\((?=https?://|mailto:|tel:)")
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

    Of a link, the text is kept. Entities are decoded and every white space becomes a blank. Lone surrogates become
    U+FFFD, because they cannot be encoded as UTF-8.
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
        stands_for = html.unescape(found) if found[0] == "&" else " " if found[0] == "<" else ""
        keep(stands_for, markup.start(), 0)
        done = markup.end()
    keep(typed[done:], done, 1)
    return MessageText("".join(characters), (*origin, len(typed)))


def tidy(text: str) -> str:
    """Return `text` as a `Name` may hold it.

    It has one line, single blanks and no invisible characters.
    """
    return " ".join("".join(map(_plain, text)).split())


def escape(text: str) -> str:
    """Return `text` with entities, tags and links escaped.

    Then `plain` returns the original.
    """
    return _LINK.sub("]&#40;", _TAG.sub("&lt;", _ENTITY.sub("&amp;", text)))


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
