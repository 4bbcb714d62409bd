"""Split tokens into units: 8am, d'octobre, 14-én, mon-fri. Pure.

A unit is a word, a number, a figure such as 17:00 or 2018-10-14, a sign or a case ending. Accents are folded, because
phones leave them out.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.language.text.tokenizer import Token, TokenKind

_UNITS = re.compile(r"[0-9]+(?:[:./-][0-9]+)*|[^\W\d_]+(?:\.[^\W\d_]+)*'?|\S")
_FIGURE = re.compile(
    r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}|[0-9]{1,2}[:./-][0-9]{1,2}", re.ASCII
)  # a date, or a time, or a day and a month
_PARTS = re.compile(r"[0-9]+|[:./-]", re.ASCII)
_LONGEST = 40  # characters of a token that may be about time


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a token.

    `opens` and `closes`: it is the first or the last part of the token with the index `token`. `dotted`: a full stop
    follows. `figure`: it begins with a digit.
    """

    text: str
    token: int
    opens: bool
    closes: bool
    dotted: bool = False
    figure: bool = False


@lru_cache(maxsize=4_096)
def plain(word: str) -> str:
    """Return the folded word without accents."""
    if word.isascii():
        return word
    return "".join(each for each in unicodedata.normalize("NFD", word) if not unicodedata.combining(each))


def is_digit(text: str) -> bool:
    """Return True for digits as keyboards of the supported languages have them."""
    return text.isascii() and text.isdigit()


@dataclass(frozen=True, slots=True)
class Splitter:
    """Split words into words, figures, signs and the endings of a language.

    `stems` are the words that take endings; `endings` are the endings, the longest first.
    """

    stems: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()

    def split(self, word: str) -> list[str]:
        """Return the units of one folded word; an ending begins with a tilde."""
        parts = _parts(plain(word))
        return self._inflected(parts) if self.endings else parts

    def _inflected(self, parts: list[str]) -> list[str]:
        found: list[str] = []
        for part in parts:
            if found and part in self.endings and (found[-1] == "-" or is_digit(found[-1][0])):
                if found[-1] == "-" and len(found) > 1:
                    found.pop()
                found.append(f"~{part}")
                continue
            ending = self._ending(part)
            found += [part.removesuffix(ending), f"~{ending}"] if ending else [part]
        return found

    def _ending(self, part: str) -> str | None:
        if part in self.stems:
            return None
        return next((each for each in self.endings if part.endswith(each) and part[: -len(each)] in self.stems), None)


def units(tokens: Sequence[Token], splitter: Splitter) -> list[Unit]:
    """Return the units of the tokens; a quoted token is one unit that no word matches."""
    found: list[Unit] = []
    for index, token in enumerate(tokens):
        if token.kind is TokenKind.QUOTED or len(token.folded) > _LONGEST:
            texts = [""]
        elif token.kind is TokenKind.COMMA:
            texts = [","]
        else:
            texts = splitter.split(token.folded)
        dotted = token.text.endswith(".")
        last = len(texts) - 1
        for number, text in enumerate(texts):
            closes = number == last
            found.append(Unit(text, index, number == 0, closes, dotted and closes, is_digit(text[:1])))
    return found


def _parts(word: str) -> list[str]:
    if word.isalpha() and word.isascii():
        return [word]
    found: list[str] = []
    for part in _UNITS.findall(word.replace(".-", "-")):  # 1.-15. Oktober
        if is_digit(part[0]) and not is_digit(part) and not _FIGURE.fullmatch(part):
            found += _PARTS.findall(part)
        else:
            found.append(part.replace(".", "") if part[0].isalpha() else part)
    return found or [word]
