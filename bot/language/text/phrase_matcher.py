"""The phrases of the lexicon that begin at a word, exact or with a typing error.

Pure.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.language.text.lexicon import Lexicon, Phrase, PhraseRole
from bot.language.text.tokenizer import Token, TokenKind

_REPEATED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A phrase that ends before token `end`."""

    end: int
    roles: tuple[str, ...]
    typo: bool = False


class PhraseMatcher:
    """The phrases in one sentence."""

    def __init__(self, tokens: tuple[Token, ...], lexicon: Lexicon) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._found = [tuple(self._search(at, opening=False)) for at in range(len(tokens))]
        self.opening = [tuple(self._search(at, opening=True)) for at in range(len(tokens))]

    def at(self, index: int, *, opening: bool = False) -> tuple[PhraseMatch, ...]:
        """Return the phrases that begin at `index`.

        `opening`: include the phrases that count only at the start of a sentence.
        """
        if index >= len(self._tokens):
            return ()
        return self.opening[index] + self._found[index] if opening else self._found[index]

    def role(self, index: int, role: str) -> PhraseMatch | None:
        """Return the longest exact phrase at `index` whose only role is `role`, or None."""
        return next((match for match in self.at(index) if match.roles == (role,) and not match.typo), None)

    def separator(self, index: int) -> int:
        """Return the end of the commas and `and`s at `index`.

        It is `index` itself if there are none.
        """
        while index < len(self._tokens):
            joined = self.role(index, PhraseRole.AND)
            if self._tokens[index].kind is TokenKind.COMMA:
                index += 1
            elif joined:
                index = joined.end
            else:
                break
        return index

    def _search(self, at: int, *, opening: bool) -> Iterator[PhraseMatch]:
        exact = tuple(self._exact(at, opening=opening))
        yield from exact
        if not any(match.end == at + 1 for match in exact):
            yield from self._misspelt(at, opening=opening)

    def _exact(self, at: int, *, opening: bool) -> Iterator[PhraseMatch]:
        if self._tokens[at].kind is not TokenKind.WORD:
            return
        for phrase in self._lexicon.phrases.get(self._tokens[at].folded, ()):
            if phrase.opening is opening and self._stands(phrase, at):
                yield PhraseMatch(at + len(phrase.words), phrase.roles)

    def _stands(self, phrase: Phrase, at: int) -> bool:
        words = self._tokens[at : at + len(phrase.words)]
        return tuple(token.folded for token in words) == phrase.words

    def _misspelt(self, at: int, *, opening: bool) -> Iterator[PhraseMatch]:
        word = self._tokens[at].folded
        if self._tokens[at].kind is TokenKind.WORD and word.isalpha() and len(word) <= 16:
            for right, phrase in self._lexicon.misspellable.items():
                if phrase.opening is opening and typing_error(word, right):
                    yield PhraseMatch(at + 1, phrase.roles, typo=True)


def misspelt_roles(words: Iterable[str], lexicon: Lexicon) -> list[list[str]]:
    """Return for each word the roles of the keywords that it may misspell.

    Keywords that count only at the start of a sentence are left out.
    """
    return [_misspelt_roles(word, lexicon) for word in words]


def is_near(word: str, keywords: Iterable[str]) -> bool:
    """Return True if `word` is one of `keywords`, possibly with a typing error.

    Words of up to three letters must match exactly.
    """
    return any(word == right or (len(word) > 3 and typing_error(word, right)) for right in keywords)


def _misspelt_roles(word: str, lexicon: Lexicon) -> list[str]:
    near = (
        phrase for right, phrase in lexicon.misspellable.items() if not phrase.opening and typing_error(word, right)
    )
    return [role for phrase in near for role in phrase.roles]


def typing_error(word: str, right: str) -> bool:
    """Return True if `word` is `right` with a few letters swapped, missing or wrong.

    Longer words may have more errors. A short word must have the same letters, because with one other letter it is
    another word (Ford, for).
    """
    if word == right or abs(len(word) - len(right)) > 2:
        return False
    allowed = 1 if len(right) < 7 or word[0] != right[0] else 2
    if OSA.distance(word, right, score_cutoff=allowed) > allowed:
        return False
    if min(len(word), len(right)) > 3:
        return True
    return sorted(word) == sorted(right) or _REPEATED.sub(r"\1", word) == _REPEATED.sub(r"\1", right)
