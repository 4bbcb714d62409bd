"""Prepare text from a person or an API for display. Pure.

Names are drawn as text runs. No client reads Markdown in these, so nothing has to be escaped. Characters that would
reorder, hide or break the text beside them are removed here.
"""

import re
import unicodedata
from typing import Any

NAME_LIMIT = 160
ELLIPSIS = "…"
# A word wider than a column on a phone needs places where it may be broken; clients add none themselves.
WIDE_WORD = 24
WIDE_PART = 20  # of a domain
PIECE = 8
# A letter, then letters and digits with single blanks, hyphens, apostrophes, full stops and commas between them: no
# client finds Markdown, an address or an HTML entity in it.
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ '’-](?=[^\W_])|[.,](?= |$))*")
_JOINTS = "._@/"  # a domain, an address or a path is broken before them

# Explicit direction marks could reverse the rest of a card: https://unicode.org/reports/tr9/#Explicit_Directional_Embeddings
_REORDERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_TAKEN_OUT = dict.fromkeys(map(ord, _REORDERING + "\ufeff\u00ad\u200b\u2060"))
# Clients evaluate {{DATE(…)}} even in literal text. A space inside the braces prevents it.
_MACRO = re.compile(r"\{(?=\{)")


def readable(text: str) -> str:
    """Return `text` without control and reordering characters, with single spaces.

    Order kept, not trimmed.
    """
    kept = text.translate(_TAKEN_OUT)
    shown = "".join(_visible(character) for character in kept)
    return _MACRO.sub("{ ", re.sub(r"\s+", " ", shown))


def literal(text: str, limit: int = NAME_LIMIT) -> str:
    """Return `text` for one line of a card.

    Readable, trimmed, at most `limit` characters. Right-to-left text is isolated from the text around it.
    """
    # Cut first, so that a megabyte of text is not cleaned for one line.
    shown = readable(text[: limit * 4]).strip()
    if len(shown) > limit:
        shown = shown[: limit - 1].rstrip() + ELLIPSIS
    if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in shown):
        return f"\u2068{shown}\u2069"
    return shown


def is_plain(text: str) -> bool:
    """Return True if `text` reads the same as Markdown and as literal text.

    It needs no break opportunity either.
    """
    return _PLAIN.fullmatch(text) is not None and breakable(text) == text


def breakable(text: str) -> str:
    """Add invisible break opportunities to words wider than a column on a phone."""
    return re.sub(r"[^\s\u200b-]{12,}", _broken, text)


def with_breaks(drawn: Any) -> Any:
    """Return rendered elements of a card in which the text of every run is breakable."""
    if isinstance(drawn, list):
        return [with_breaks(each) for each in drawn]
    if not isinstance(drawn, dict) or drawn.get("type") == "ActionSet":
        return drawn
    if drawn.get("type") == "TextRun":
        return drawn | {"text": breakable(drawn["text"])}
    return {key: with_breaks(value) for key, value in drawn.items()}


def _broken(match: re.Match[str]) -> str:
    """Add break opportunities to a word if it is wide.

    They are before the dots of a domain and the like. Only a part that is too wide itself is broken anywhere.
    """
    word = match[0]
    if not _is_wide(word):
        return word
    parts = re.split(rf"(?<=\w)(?=[{_JOINTS}]\w)", word)
    return "\u200b".join(_in_pieces(part) if _is_wide(part, WIDE_PART) else part for part in parts)


def _is_wide(word: str, limit: int = WIDE_WORD) -> bool:
    width = sum(1.6 if character.isupper() else 1 for character in word)
    return width > limit and word.strip("▰▱") != ""


def _in_pieces(word: str) -> str:
    return "".join(
        "\u200b" + character if index and not index % PIECE and _may_begin(word, index) else character
        for index, character in enumerate(word)
    )


def _may_begin(word: str, index: int) -> bool:
    """Return True if a break before this character does not split accents or joined emoji."""
    return not unicodedata.category(word[index]).startswith(("M", "S", "C")) and word[index - 1] != "\u200d"


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    return "\ufffd" if category == "Cs" else character
