"""Split plain text into words, quoted names and commas with typed offsets. Pure.

It depends on no language.

A double quote (straight, curly, low or angle) opens a quoted name at the start of a word, and
its partner closes it; two closing quotes in a row mean one quote character. A single quote does so only if a partner
ends a word, because it is an apostrophe too. A quote without a partner is ignored as stray punctuation.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from bot.language.text.message_text import MessageText

_CLOSERS = {'"': '"', "“": "”", "”": "”", "„": "“”", "‟": "”", "«": "»", "»": "«»", "＂": "＂", "‹": "›"}
DOUBLE_QUOTES = frozenset('"“”„‟«»＂‹›')
_DOUBLE = "".join(sorted(DOUBLE_QUOTES))
_SINGLE = {"'": "'’", "‘": "’'", "’": "’'", "‚": "‘’'"}
_COMMAS = ",;，；、"
_BULLETS = "•‣⁃∙·‧◦"
_STRAY = ".?!…:()[]{}*_~`|-–—" + _BULLETS + _DOUBLE + "'‘’‚"
_AFTER_NAME = " \t.?!…:)" + _COMMAS
_COMPARISON = re.compile(r"[<>≤≥]=?(?=\s*[0-9])")
_ENDS = "?!…:;"
# Symbols, skin tones and variation selectors.
_PICTURE = {"So", "Sk", "Mn", "Cf"}


class TokenKind(Enum):
    """The kind of a token."""

    WORD = "word"
    QUOTED = "quoted"
    COMMA = "comma"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a quoted name or a comma.

    `folded` is compared with keywords. `start` and `end` are offsets in the typed text, `left` and `right` in the plain
    text.
    """

    kind: TokenKind
    text: str
    folded: str
    start: int
    end: int
    left: int
    right: int


def fold(word: str) -> str:
    """Return `word` for comparison with keywords.

    Compatibility forms and case are folded, and stray punctuation around the word is removed.
    """
    if word.isascii():
        return word.casefold().strip(_STRAY)
    plain = unicodedata.normalize("NFKC", word).casefold().replace("’", "'").replace("‘", "'")
    return plain.replace("\u200c", "").replace("\u200d", "").strip(_STRAY)


def unaccented(word: str) -> str:
    """Return a folded `word` without accents.

    On a phone `használat` is typed `hasznalat`.
    """
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def comparable(word: str) -> str:
    """Return `word` folded and without accents, as the vocabulary has it.

    A sign or an accent alone is not folded away: "" would be the end of a phrase.
    """
    return unaccented(fold(word) or word) or word


def tokens(typed: MessageText) -> tuple[Token, ...]:
    """Return the tokens of `typed`.

    Words of only stray punctuation or pictures are left out.
    """
    text = typed.text
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        kind, inner, right = _next(text, at)
        folded = fold(inner) if kind is TokenKind.WORD else ""
        if kind is not TokenKind.WORD or (folded and not _is_picture(folded)):
            found.append(Token(kind, inner, folded, typed.origin[at], typed.origin[right - 1] + 1, at, right))
        at = right
    while found and found[-1].kind is TokenKind.COMMA:
        found.pop()
    return tuple(found[_quotation(found) :])


def _is_picture(word: str) -> bool:
    """Return True for emoji and the like: phones add them, and they have no meaning. Names and quotes keep them."""
    return not word.isascii() and all(unicodedata.category(each) in _PICTURE for each in word)


def _quotation(found: list[Token]) -> int:
    """Return how many `>` of a quoted mail are at the start. Before a number, `>` is a comparison."""
    signs = next((index for index, token in enumerate(found) if token.text.strip(">")), len(found))
    return signs if signs < len(found) and not found[signs].text[0].isdigit() else 0


def name_text(typed: MessageText, words: tuple[Token, ...], *, last: bool) -> str:
    """Return the words as one name, as typed but with single blanks.

    `last`: the words end the sentence, so a full stop at the end is removed.
    """
    text = " ".join(typed.text[words[0].left : words[-1].right].split())
    bare = text.rstrip(_ENDS + "." if last else _ENDS).rstrip()
    return bare or text


def _next(text: str, at: int) -> tuple[TokenKind, str, int]:
    """Return kind, text and end of the token that starts at `at`."""
    character = text[at]
    if character in _COMMAS:
        return TokenKind.COMMA, character, at + 1
    closed = _double_quoted(text, at) if character in _CLOSERS else _single_quoted(text, at)
    if closed:
        return TokenKind.QUOTED, " ".join(closed[0].split()), closed[1]
    if comparison := _COMPARISON.match(text, at):
        return TokenKind.WORD, comparison.group(), comparison.end()
    end = at + 1
    while end < len(text) and text[end] != " " and not _separates(text, end):
        end += 1
    return TokenKind.WORD, text[at:end], end


def _separates(text: str, at: int) -> bool:
    """Return True if a comma is at `at` and ends a word. Between two digits it does not (12,5%)."""
    if text[at] not in _COMMAS:
        return False
    return not (text[at] == "," and text[at - 1].isdigit() and text[at + 1 : at + 2].isdigit())


def _double_quoted(text: str, at: int) -> tuple[str, int] | None:
    """Return the text between the quote at `at` and its partner, and the index after the partner."""
    opener = text[at]
    partners = _quoted(text, at, _CLOSERS[opener])
    if partners and (opener == '"' or opener not in partners[0]):
        return partners
    # A phone may make only one of the two quotes curly. In that case any double quote closes.
    return _quoted(text, at, _DOUBLE)


def _quoted(text: str, at: int, closers: str) -> tuple[str, int] | None:
    inner: list[str] = []
    index = at + 1
    while index < len(text):
        character = text[index]
        if character in closers:
            if text[index + 1 : index + 2] != character:
                return "".join(inner), index + 1
            index += 1
        inner.append(character)
        index += 1
    return None


def _single_quoted(text: str, at: int) -> tuple[str, int] | None:
    closers = _SINGLE.get(text[at])
    if closers is None:
        return None
    inner: list[str] = []
    index = at + 1
    while index < len(text):
        character = text[index]
        if character in closers:
            if text[index + 1 : index + 2] == character:
                index += 1
            elif index + 1 == len(text) or text[index + 1] in _AFTER_NAME:
                return "".join(inner), index + 1
        inner.append(character)
        index += 1
    return None
