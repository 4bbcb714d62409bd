"""Sentences that take a question back: "cancel", "never mind". Pure.

They say something only while the question is being answered. Otherwise `cancel` is about a digest, and the reader of
sentences reads it.
"""

import unicodedata
from functools import cache

from bot.language.text.tokenizer import comparable
from bot.language.vocabulary.vocabulary import Vocabulary, languages

LONGEST = 60  # characters


def is_cancelling(text: str) -> bool:
    """Return True if the whole of `text` takes a question back, in any language."""
    if len(text) > LONGEST:
        return False
    said = (comparable(each) for each in "".join(map(_spoken, text)).split())
    return tuple(filter(None, said)) in _sentences()


def _spoken(sign: str) -> str:
    """Return the sign if it belongs to a word, else a blank: an accent may be a sign of its own."""
    return sign if sign.isalnum() or sign in "'’" or unicodedata.combining(sign) else " "


@cache
def _sentences() -> frozenset[tuple[str, ...]]:
    return frozenset(each for language in languages() for each in Vocabulary.load(language).cancelling)
