"""The language of a sentence that is not in that of the person's Teams. Pure.

A name is no evidence: "Entreprise Martin" is a customer of people who write English, too.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.language.marking.worded_sentence import (
    ENGLISH,
    LENGTH_LIMIT,
    SHORTEST,
    known_languages,
    likely_languages,
    words_of,
)
from bot.language.text.message_text import plain
from bot.language.vocabulary.vocabulary import LEAF, Vocabulary
from bot.names.offline_names import OFFLINE_SPANS
from bot.names.span_lookup import Likeness, SpanLookup
from cards.wording.language_tag import language_of

_COMMON = 3  # of the commonest words, which are in names, too
_LONGEST = 6  # words of a name that is looked up
_MOST = 60  # words in which names are looked up
# Words that are beside a name in a name: what a company is called, and what says that it has all.
_IN_NAMES = frozenset({"dim", "those", "called", "total", "all", "event"})
_CUSTOMER = frozenset({"dim", "prep"})  # `société` alone, and before a name


def foreign_language(text: str, language: str, names: SpanLookup | None = None) -> str:
    """Return the language of `text`, "" for English and that of the client.

    `language` is that of the client. A word that the bot understands has to show it, two short ones, or three of the
    commonest: a name such as "Café de la Paix" has words of a language, too. Words of a name do not count: neither
    those of `names`, as far as they are known, nor those that are in a name with an unknown word.
    A sentence with more words of English alone is in English.
    """
    typed = plain(text[:LENGTH_LIMIT])
    likeliest = next(iter(likely_languages(typed, language)), None)
    if likeliest is None or likeliest.language in (ENGLISH, language_of(language)):
        return ""
    known = known_languages()
    expected = [known[each] for each in dict.fromkeys((ENGLISH, language_of(language))) if each in known]
    said = words_of(typed)
    understood = likeliest.common.union(*(each.understood for each in (known[likeliest.language], *expected)))
    named = [
        inside or not _is_understood(word, likeliest, understood)
        for word, inside in zip(said, _in_names(said, names), strict=True)
    ]
    words = {word for word, inside in zip(said, _joined(said, named, likeliest), strict=True) if not inside}
    shows = ((likeliest.words | likeliest.common) & words).difference(*(each.words for each in expected))
    english = (known[ENGLISH].understood & words) - known[likeliest.language].words
    shown = len(shows) > 1 or any(len(word) >= SHORTEST for word in shows) or len(likeliest.common & words) >= _COMMON
    return likeliest.language if shown and len(english) <= len(shows) else ""


def _in_names(words: Sequence[str], names: SpanLookup | None) -> list[bool]:
    """Return for each word whether it is of one of the `names`: of all of it, or of its first words."""
    inside = [False] * len(words)
    if names is None:
        return inside
    for start, end in _spans(min(len(words), _MOST)):
        surest = min((match.likeness for match in names.find(" ".join(words[start:end]))), default=Likeness.NEAR)
        if surest is Likeness.EXACT or (surest is Likeness.LEADING and end > start + 1):
            inside[start:end] = [True] * (end - start)
    return inside


def _spans(count: int) -> Iterator[tuple[int, int]]:
    return ((start, end) for start in range(count) for end in range(start + 1, min(start + _LONGEST, count) + 1))


def _is_understood(word: str, vocabulary: Vocabulary, understood: frozenset[str]) -> bool:
    """Return True for a word of a language, a number, and a service, with an ending or without."""
    if word.isdecimal():
        return True
    return any(
        each in understood or OFFLINE_SPANS.has_words(each) for each in (word, *vocabulary.name_endings.stems(word))
    )


def _joined(words: Sequence[str], named: Sequence[bool], vocabulary: Vocabulary) -> list[bool]:
    """Return `named`, with the words that are in a name with those beside them."""
    inside = list(named)
    forwards = list(pairwise(range(len(words))))
    backwards = [(after, before) for before, after in reversed(forwards)]
    for at, beside in (*forwards, *backwards):
        inside[beside] = inside[beside] or (inside[at] and _is_in_names(words[beside], vocabulary))
    return inside


def _is_in_names(word: str, vocabulary: Vocabulary) -> bool:
    kinds = {meaning.kind for meaning in vocabulary.trie.get(word, {}).get(LEAF, ())}
    return bool(kinds) and (kinds <= _IN_NAMES or kinds == _CUSTOMER)
