"""The words of a language: what each phrase means, as data.

Pure; reads its own packaged files.

`<language>/words.json` has for each kind of mark its values, and for each value the patterns of `word_patterns`:
`{"measure": {"unused": ["unused|idle|wasted"]}}`. A language is added by adding its files. Accents
do not count: people leave them out on phones.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
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
    for kind, values in file.words.items():
        for value, patterns in values.items():
            for pattern, said in in_tongues(patterns, value, file.tongues):
                for typed in phrases(pattern, file.inflections):
                    for phrase in _spelled(typed, file.spellings):
                        pieces = [piece for word in phrase for piece in _pieces(word, file.elisions)]
                        _add(trie, pieces, Meaning(kind, said))
                        if kind != CALLED:
                            words.update(pieces)
    return Vocabulary(
        language,
        trie,
        NearWords(trie),
        frozenset(words),
        _numbers(file, trie),
        frozenset(file.elisions),
        WordEndings.of(file.endings, file.doubling),
        WordEndings.of((*file.endings, *file.name_endings), file.doubling),
        _separable(file),
        tuple(sorted(map(unaccented, file.compounds), key=len, reverse=True)),
        file.spellings,
        frozenset(map(unaccented, file.common)),
        _real_words(language),
    )


def _numbers(file: _WordFile, trie: Trie) -> dict[str, float]:
    """Return the numbers, without accents unless that is another word: `één` is one, `een` an article."""
    found: dict[str, float] = {}
    for word, value in file.numbers.items():
        for (spelled,) in _spelled((word,), file.spellings):
            found[word.casefold() if spelled != word and LEAF in trie.get(spelled, {}) else spelled] = value
    return found


def _separable(file: _WordFile) -> dict[str, list[tuple[frozenset[str], Meaning]]]:
    found: dict[str, list[tuple[frozenset[str], Meaning]]] = {}
    for kind, values in file.separable.items():
        for value, verbs in values.items():
            for verb, parts in verbs.items():
                particles = frozenset(parts.split("|"))
                for (word,) in (spelled for each in verb.split("|") for spelled in _spelled((each,), file.spellings)):
                    found.setdefault(word, []).append((particles, Meaning(kind, value)))
    return found


def _spelled(phrase: tuple[str, ...], spellings: Iterable[Mapping[str, str]]) -> Iterable[tuple[str, ...]]:
    """Return `phrase`, and how it is typed where a keyboard has not its letters."""
    ways = ({}, *(str.maketrans(dict(each)) for each in spellings))
    return dict.fromkeys(tuple(_bare(word.translate(way) if way else word) for word in phrase) for way in ways)


@cache
def _bare(word: str) -> str:
    return unaccented(word.casefold())


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
        node = node.setdefault(word, {})
    found = node.setdefault(LEAF, [])
    if meaning not in found:
        found.append(meaning)
