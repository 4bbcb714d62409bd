"""Sentences of people, changed at random: words left out, doubled, swapped, misspelt, joined, and words put in."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random

from bot.domain.licensing import Dimension
from bot.language.vocabulary.vocabulary import Vocabulary, languages
from tests.demo_directory import demo_directory

FOLDER = Path(__file__).parents[1]
Words = list[str]
_SIGNS = (",", ".", "?", "!", ":", ";", "-", "(", ")", '"', "'", "/", "&", "%", "\n", ">", "<", "=", "#", "…", "’")
_PICTURES = ("🍕", "🙏", "👍🏽", "株式会社", "\u202e", "\u200b", "é", "ß", "ﬁ", "\x00", "½")
_FIGURES = (
    "0",
    "-1",
    "3",
    "20",
    "50%",
    "40 %",
    "9 in 10",
    "1.000",
    "12,5",
    "8:30",
    "25:00",
    "2026-02-30",
    "1e9",
    "365",
)
_CONSONANTS = "bcdfghjklmnpqrstvwxz"


@cache
def said() -> Sequence[tuple[str, str]]:
    """Return every sentence of the corpora with the language of its client."""
    lines = (line for path in sorted(FOLDER.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    return [(each["text"], each["language"]) for each in map(json.loads, lines)]


@cache
def names() -> Sequence[str]:
    """Return every name of the demo's directory."""
    return [entry.name for dimension in Dimension for entry in demo_directory().entries(dimension)]


@cache
def words_of_all_languages() -> Sequence[str]:
    """Return every word that some phrase has."""
    return sorted({word for language in languages() for word in Vocabulary.load(language).words})


def made_up(chance: Random) -> str:
    """Return a word that no language and no name has: ten to fourteen consonants."""
    return "".join(chance.choices(_CONSONANTS, k=chance.randint(10, 14)))


def mutated(chance: Random, text: str) -> str:
    """Return the sentence with one to four changes."""
    words = text.split(" ")
    for _ in range(chance.randint(1, 4)):
        if words:
            chance.choice(_CHANGES)(chance, words)
    return " ".join(words)


def babble(chance: Random) -> str:
    """Return words of all languages, names, numbers and signs in any order."""
    bits = (words_of_all_languages(), words_of_all_languages(), names(), _FIGURES, _SIGNS, _PICTURES)
    return " ".join(chance.choice(chance.choice(bits)) for _ in range(chance.randint(1, 14)))


def _left_out(chance: Random, words: Words) -> None:
    words.pop(chance.randrange(len(words)))


def _doubled(chance: Random, words: Words) -> None:
    words.insert(chance.randrange(len(words) + 1), chance.choice(words))


def _swapped(chance: Random, words: Words) -> None:
    one, other = chance.randrange(len(words)), chance.randrange(len(words))
    words[one], words[other] = words[other], words[one]


def _misspelt(chance: Random, words: Words) -> None:
    at = chance.randrange(len(words))
    word, place = words[at], chance.randrange(len(words[at]) + 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyzáéőüß' ")
    words[at] = chance.choice((
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    ))  # fmt: skip


def _joined(chance: Random, words: Words) -> None:
    at = chance.randrange(len(words))
    words[at : at + 2] = [chance.choice(("", "-", "_", "/")).join(words[at : at + 2])]


def _cased(chance: Random, words: Words) -> None:
    at = chance.randrange(len(words))
    words[at] = chance.choice((str.upper, str.lower, str.title))(words[at])


def _put_in(*choices: Callable[[], Sequence[str]]) -> Callable[[Random, Words], None]:
    def change(chance: Random, words: Words) -> None:
        words.insert(chance.randrange(len(words) + 1), chance.choice(chance.choice(choices)()))

    return change


def _named_otherwise(chance: Random, words: Words) -> None:
    words[chance.randrange(len(words))] = chance.choice(names())


def _of_another(chance: Random, words: Words) -> None:
    """Put a part of another sentence in."""
    other = chance.choice(said())[0].split(" ")
    start = chance.randrange(len(other))
    at = chance.randrange(len(words) + 1)
    words[at:at] = other[start : start + chance.randint(1, 3)]


_CHANGES: Sequence[Callable[[Random, Words], None]] = (
    _left_out, _doubled, _swapped, _misspelt, _misspelt, _joined, _cased, _named_otherwise, _of_another,
    _put_in(words_of_all_languages), _put_in(lambda: _SIGNS, lambda: _PICTURES, lambda: _FIGURES),
)  # fmt: skip
