"""Text that came from a person or an API, made fit to be shown. Pure.

Names are drawn as text runs, in which no client reads Markdown, so nothing needs escaping; but characters that
would reorder, hide or break what stands beside them are taken out here.
"""

import re
import unicodedata

NAME_LIMIT = 160
ELLIPSIS = "…"
# A word wider than a column of a phone needs places where it may be broken, because clients look for none.
WIDE_WORD = 24
PIECE = 8

# Explicit direction marks could turn the rest of a card around: https://unicode.org/reports/tr9/#Explicit_Directional_Embeddings
_REORDERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_TAKEN_OUT = dict.fromkeys(map(ord, _REORDERING + "\ufeff\u00ad\u200b\u2060"))
# {{DATE(…)}} is evaluated by clients even in literal text; a space inside the braces makes it text.
_MACRO = re.compile(r"\{(?=\{)")


def readable(text: str) -> str:
    """`text` without control and reordering characters, each white space a single space; same order, no trimming."""
    kept = text.translate(_TAKEN_OUT)
    shown = "".join(_visible(character) for character in kept)
    return _MACRO.sub("{ ", re.sub(r"\s+", " ", shown))


def literal(text: str, limit: int = NAME_LIMIT) -> str:
    """`text` fit for one line of a card: readable, trimmed, at most `limit` characters, and kept apart if it runs
    from right to left."""
    # Cut first: a megabyte is not worth cleaning for a line.
    shown = readable(text[: limit * 4]).strip()
    if len(shown) > limit:
        shown = shown[: limit - 1].rstrip() + ELLIPSIS
    if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in shown):
        return f"\u2068{shown}\u2069"
    return shown


def breakable(text: str) -> str:
    """`text` with invisible places to break in words that are wider than a column of a phone."""
    return re.sub(r"[^\s\u200b-]{12,}", _with_breaks, text)


def _with_breaks(match: re.Match[str]) -> str:
    word = match[0]
    if sum(1.6 if character.isupper() else 1 for character in word) <= WIDE_WORD or not word.strip("▰▱"):
        return word
    return "".join(
        "\u200b" + character if index and not index % PIECE and _may_begin(word, index) else character
        for index, character in enumerate(word)
    )


def _may_begin(word: str, index: int) -> bool:
    """Whether a break before this character leaves accents and joined emoji whole."""
    return not unicodedata.category(word[index]).startswith(("M", "S", "C")) and word[index - 1] != "\u200d"


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    return "\ufffd" if category == "Cs" else character
