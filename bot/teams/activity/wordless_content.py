"""What a message holds that has no words: a file, a picture, a card, emoji. Pure.

Teams adds an HTML attachment to most messages. It repeats the text, and holds pictures, GIFs and emoji as `<img>`.
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/bots-filesv4
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum

HTML = "text/html"
_PICTURE = re.compile(r"<(?:img|video|audio|object)\b[^<>]*>", re.IGNORECASE)
_EMOJI = re.compile(r"<emoji\b|<img\b[^<>]*itemtype=[\"']?https?://schema\.skype\.com/emoji", re.IGNORECASE)
_CARD = ("application/vnd.microsoft.card.", "application/vnd.microsoft.teams.card.")
# References to another message: the words are somewhere else.
_REFERENCES = frozenset({"messagereference", "forwardedmessagereference"})
# Parts of an emoji that are no symbols themselves: joiners, variation selectors, skin tones, flags, keycaps.
_PARTS = frozenset("\u200d\ufe0e\ufe0f\u20e3")


class Wordless(StrEnum):
    """What a message without words holds; the end of the key `error.only_<value>`."""

    FILE = "file"
    PICTURE = "picture"
    CARD = "card"
    EMOJI = "emoji"
    FORWARDED = "forwarded"


def wordless_content(text: str, attachments: object) -> Wordless | None:
    """Return what a message holds instead of words.

    None if it has words, or nothing at all. `text` is the text without the mention of the bot. `attachments` is the
    field of the activity, of any form.
    """
    if text:
        return Wordless.EMOJI if _is_emoji(text) else None
    found = set(_kinds(attachments))
    return next((kind for kind in Wordless if kind in found), None)


def _kinds(attachments: object) -> Iterator[Wordless]:
    for each in attachments if isinstance(attachments, list) else ():
        kind = each.get("contentType") if isinstance(each, dict) else None
        if not isinstance(kind, str):
            continue
        kind = kind.partition(";")[0].strip().lower()
        if kind == HTML:
            yield from _drawn(each.get("content"))
        elif kind in _REFERENCES:
            yield Wordless.FORWARDED
        elif kind.startswith(_CARD):
            yield Wordless.CARD
        elif kind.startswith("image/"):
            yield Wordless.PICTURE
        elif kind:
            yield Wordless.FILE


def _drawn(html: object) -> Iterator[Wordless]:
    """Yield the pictures and emoji in the HTML of a message."""
    if not isinstance(html, str):
        return
    if _EMOJI.search(html):
        yield Wordless.EMOJI
    if any(not _EMOJI.search(tag) for tag in _PICTURE.findall(html)):
        yield Wordless.PICTURE


def _is_emoji(text: str) -> bool:
    """Return True if the text has symbols, such as emoji, and neither letters nor punctuation."""
    drawn = [each for each in text if not each.isspace() and each not in _PARTS]
    kinds = {unicodedata.category(each) for each in drawn}
    return bool(drawn) and kinds <= {"So", "Sk", "Cf", "Mn"} and "So" in kinds
