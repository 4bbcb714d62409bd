"""The words of a language: what each phrase means, as data.

Pure; reads its own packaged files.

`<language>/words.json` has for each kind of mark its values, and for each value the patterns of `word_patterns`:
`{"measure": {"unused": ["unused|idle|wasted"]}}`. A language is added by adding its files. Accents
do not count: people leave them out on phones.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any

import msgspec

from bot.language.text.tokenizer import unaccented
from bot.language.vocabulary.near_words import NearWords
from bot.language.vocabulary.word_endings import WordEndings
from bot.language.vocabulary.word_patterns import in_tongues, phrases

_ROOM = "bot.language.vocabulary"
_FILE = "words.json"
_REAL = "real.txt"
Trie = dict[str, Any]
LEAF = ""
CALLED = "called"  # the kind of what something of the directory is called in this language: its value is the name


class _WordFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: dict[str, dict[str, tuple[str, ...]]]
    numbers: dict[str, float] = {}
    elisions: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()  # of names and words, for languages that decline them, as patterns
    name_endings: tuple[str, ...] = ()  # of names alone
    doubling: tuple[str, ...] = ()  # endings before which the last consonant is written twice
    inflections: tuple[str, ...] = ()  # what a ~ in a pattern may be
    spellings: tuple[dict[str, str], ...] = ()  # how letters are typed where a keyboard lacks them: ü, ue
    separable: dict[str, dict[str, dict[str, str]]] = {}  # by kind and value: verbs, and their part at the end
    compounds: tuple[str, ...] = ()  # words that are written together with a name before them: Teamsnutzung
    common: tuple[str, ...] = ()  # words by which the language is recognized
    cancelling: tuple[str, ...] = ()  # whole sentences that take back a question in progress, as patterns
    tongues: dict[str, tuple[str, str]] = {}  # by code: what a language is called, and what else beside its code


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase means: a kind of mark and its value."""

    kind: str
    value: str


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language. Create it with `Vocabulary.load`."""

    language: str
    trie: Trie
    beginnings: NearWords  # the words that begin a phrase
    words: frozenset[str]  # every word that begins or continues a phrase
    numbers: Mapping[str, float]
    elisions: frozenset[str]
    endings: WordEndings
    name_endings: WordEndings
    separable: Mapping[str, Sequence[tuple[frozenset[str], Meaning]]]  # by verb: the part at the end
    compounds: tuple[str, ...]
    spellings: Sequence[Mapping[str, str]]
    common: frozenset[str]
    real: frozenset[str]  # common words that no phrase has: they are no misspellings
    cancelling: frozenset[tuple[str, ...]]  # the words of sentences that take back a question in progress

    @classmethod
    def load(cls, language: str) -> "Vocabulary":
        """Load the words of `language`, once.

        Raises FileNotFoundError if there is no such language.
        """
        return _load(language)

    def respelled(self, word: str) -> str:
        """Return `word` with the letters that two others replace: `ö` for `oe`."""
        for letter, typed in ((letter, typed) for each in self.spellings for letter, typed in each.items()):
            word = word.replace(typed, letter) if len(typed) > 1 else word
        return word


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a file."""
    rooms = resources.files(_ROOM).iterdir()
    return tuple(sorted(room.name for room in rooms if room.is_dir() and (room / _FILE).is_file()))


@cache
def _load(language: str) -> Vocabulary:
    content = (resources.files(_ROOM) / language / _FILE).read_bytes()
    file = msgspec.json.decode(content, type=_WordFile)
    trie: Trie = {}
    words: set[str] = set()
    spelling = _Spelling(file)
    for kind, values in file.words.items():
        for value, patterns in values.items():
            for pattern, said in in_tongues(patterns, value, file.tongues):
                meaning = Meaning(kind, said)
                for typed in phrases(pattern, file.inflections):
                    for pieces in spelling.of_phrase(typed):
                        _add(trie, pieces, meaning)
                        if kind != CALLED:
                            words.update(pieces)
    return Vocabulary(
        language,
        trie,
        NearWords(trie),
        frozenset(words),
        _numbers(file, trie, spelling),
        frozenset(file.elisions),
        WordEndings.of(file.endings, file.doubling),
        WordEndings.of((*file.endings, *file.name_endings), file.doubling),
        _separable(file, spelling),
        tuple(sorted(map(unaccented, file.compounds), key=len, reverse=True)),
        file.spellings,
        frozenset(map(unaccented, file.common)),
        _real_words(language),
        frozenset(tuple(map(unaccented, each)) for pattern in file.cancelling for each in phrases(pattern)),
    )


def _numbers(file: _WordFile, trie: Trie, spelling: "_Spelling") -> dict[str, float]:
    """Return the numbers, without accents unless that is another word: `één` is one, `een` an article."""
    found: dict[str, float] = {}
    for word, value in file.numbers.items():
        for spelled in dict.fromkeys(spelling.of_word(word)):
            found[word.casefold() if spelled != word and LEAF in trie.get(spelled, {}) else spelled] = value
    return found


def _separable(file: _WordFile, spelling: "_Spelling") -> dict[str, list[tuple[frozenset[str], Meaning]]]:
    found: dict[str, list[tuple[frozenset[str], Meaning]]] = {}
    for kind, values in file.separable.items():
        for value, verbs in values.items():
            for verb, parts in verbs.items():
                particles = frozenset(parts.split("|"))
                for word in (spelled for each in verb.split("|") for spelled in dict.fromkeys(spelling.of_word(each))):
                    found.setdefault(word, []).append((particles, Meaning(kind, value)))
    return found


class _Spelling:
    """The ways in which the words of a file are typed: as they are, and where a keyboard has not their letters.

    A language has some 40,000 phrases of some 2,000 words, so what a word becomes is remembered.
    """

    def __init__(self, file: _WordFile) -> None:
        self._ways = ({}, *(str.maketrans(dict(each)) for each in file.spellings))
        self._elisions = frozenset(file.elisions)
        self._pieces: dict[str, tuple[tuple[str, ...], ...]] = {}

    def of_word(self, word: str) -> Iterator[str]:
        """Yield `word` as it is typed in each way."""
        return (unaccented(word.translate(way).casefold()) for way in self._ways)

    def of_phrase(self, phrase: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
        """Return the pieces of `phrase` in each way, without repetition."""
        words = [self._pieces.get(word) or self._split(word) for word in phrase]
        return dict.fromkeys(tuple(chain.from_iterable(way)) for way in zip(*words, strict=True))

    def _split(self, word: str) -> tuple[tuple[str, ...], ...]:
        ways = tuple(tuple(_pieces(typed, self._elisions)) for typed in self.of_word(word))
        self._pieces[word] = ways
        return ways


def _real_words(language: str) -> frozenset[str]:
    """Return the common words of `language` that no phrase has; they are not misspelled. Some languages list none."""
    path = resources.files(_ROOM) / language / _REAL
    return frozenset(unaccented(path.read_text(encoding="utf-8")).split()) if path.is_file() else frozenset()


def _pieces(word: str, elisions: Collection[str]) -> list[str]:
    """Return `word` as a sentence is split: `n'utilise` is two words, and so is `at-risk`."""
    if "-" in word[1:-1]:
        return [piece for part in word.split("-") if part for piece in _pieces(part, elisions)]
    short, apostrophe, rest = word.partition("'")
    if not apostrophe or short not in elisions:
        return [word]
    return [short, *(_pieces(rest, elisions) if rest else ())]


def _add(trie: Trie, phrase: Iterable[str], meaning: Meaning) -> None:
    node = trie
    for word in phrase:
        after = node.get(word)
        if after is None:
            after = node[word] = {}
        node = after
    found = node.setdefault(LEAF, [])
    if meaning not in found:
        found.append(meaning)
