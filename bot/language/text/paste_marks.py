"""Leave out what a paste puts before a sentence: `1.`, `•`, `/usage`. Pure."""

import re
from dataclasses import replace

from bot.language.text.lexicon import Lexicon
from bot.language.text.tokenizer import Token, TokenKind

_NUMBER = re.compile(r"\(?(?:[0-9]{1,3}|[a-z])[.)]", re.IGNORECASE)
_COMMAND = re.compile(r"[/!\\]+(?=\w)")


def is_list_number(token: Token) -> bool:
    """Return True for `1.`, `2)` and `(a)`."""
    return token.kind is TokenKind.WORD and bool(_NUMBER.fullmatch(token.text))


def without_marks(words: tuple[Token, ...], lexicon: Lexicon) -> tuple[Token, ...]:
    """Return `words` without a list number or the sign of a command at their start.

    Only before a keyword: a customer may be called `1. FC Union` or `/n software`.
    """
    if len(words) > 2 and words[0].text == ">" and is_list_number(words[1]):  # not a comparison with 1
        words = words[1:] if _is_keyword(_unsigned(words[2]), lexicon) else words
    if len(words) > 1 and is_list_number(words[0]) and _is_keyword(_unsigned(words[1]), lexicon):
        words = words[1:]
    if words and _is_keyword(bare := _unsigned(words[0]), lexicon):
        words = (bare, *words[1:])
    return words


def _unsigned(word: Token) -> Token:
    found = _COMMAND.match(word.folded) if word.kind is TokenKind.WORD else None
    if found is None or not word.text.startswith(found.group()):
        return word
    size = found.end()
    return replace(
        word, text=word.text[size:], folded=word.folded[size:], start=word.start + size, left=word.left + size
    )


def _is_keyword(word: Token, lexicon: Lexicon) -> bool:
    return word.kind is TokenKind.WORD and word.folded in lexicon.phrases
