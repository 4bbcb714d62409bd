"""Which words of a sentence name no one, so that they may be kept. Pure.

A word may be kept if the reader has it in its own lists: in a phrase, as a number, as a time, or among the common words
of the language that are no names. No other word is kept: it may be a customer, a colleague or a place.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

from bot.language.marking.marks import Mark, MarkKind
from bot.language.marking.pieces import Piece
from bot.language.moments.time_words import TimeWords
from bot.language.text.tokenizer import unaccented
from bot.language.vocabulary.ordinary_words import ordinary_words
from bot.language.vocabulary.vocabulary import Vocabulary

_LETTERS = re.compile(r"[^\W\d_]+")
_SHORT = 2  # letters beside the digits of a time: 9am, 8h30, 3rd
_POSSESSIVE = "'s"
_CAPITALS = frozenset({"de"})  # languages in which every noun begins with a capital letter


class HarmlessWords:
    """The words of the languages that a sentence may be in.

    `in_a_name` says of a folded word whether it is in the name of a customer.
    """

    def __init__(self, vocabularies: Sequence[Vocabulary], in_a_name: Callable[[str], bool]) -> None:
        self._likeliest = vocabularies[:1]
        self._times = frozenset[str]().union(*(_times(each.language) for each in vocabularies))
        self._known = self._times.union(
            {_POSSESSIVE}, *({*each.words, *each.numbers, *each.elisions} for each in vocabularies)
        )
        self._ordinary = frozenset[str]().union(*(ordinary_words(each.language) for each in vocabularies))
        self._capitals = any(each.language in _CAPITALS for each in vocabularies)
        self._in_a_name = in_a_name

    def keeps(self, piece: Piece, mark: Mark, *, opens: bool) -> bool:
        """Return True if the word may be kept.

        `mark` is what it was considered, `opens`: it begins a sentence, where every word has a capital letter.
        """
        word = piece.folded
        if mark.kind == MarkKind.TIME and self._is_of_a_time(word):
            return True
        if word in self._known or word.rstrip("'’") in self._known or self._is_inflected(word):
            return True
        return word in self._ordinary and not self.is_titled(piece, opens=opens) and not self._in_a_name(word)

    def is_titled(self, piece: Piece, *, opens: bool) -> bool:
        """Return True for a word with a capital letter that needs none."""
        return piece.text[:1].isupper() and not opens and not self._capitals

    def _is_inflected(self, word: str) -> bool:
        """Return True for a known word with an ending. Endings of other languages make words of names."""
        return any(stem in each.words for each in self._likeliest for stem in each.endings.stems(word))

    def _is_of_a_time(self, word: str) -> bool:
        """Return True for `9am` and `8h30`: short units beside digits, and words for times."""
        letters = _LETTERS.findall(word)
        has_digits = any(map(str.isdigit, word))
        return has_digits and all(each in self._times or len(each) <= _SHORT for each in letters)


@cache
def _times(language: str) -> frozenset[str]:
    return frozenset(map(unaccented, TimeWords.load(language).known))
