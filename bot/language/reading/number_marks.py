"""Find numbers: `100`, `12.5`, `1.000`, `twenty`, `a third`, `9 in 10`. Pure.

A number is a float in the unit that the words around it say. A fraction is in percent.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.language.reading.marks import Mark, MarkKind
from bot.language.reading.pieces import Piece
from bot.language.vocabulary.vocabulary import Vocabulary

_COST = 0.08
_WORDS = 4
_SCORES = (60, 80)  # soixante-dix, quatre-vingt-onze
_RANGES = frozenset("-–—~")
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as typed. `percent`: it was said as a share (`half`, `9 in 10`)."""

    value: float
    percent: bool = False


def number_marks(pieces: Sequence[Piece], start: int, vocabularies: Sequence[Vocabulary]) -> Iterator[Mark]:
    """Yield the numbers that begin with the piece at `start`."""
    value = figure(pieces[start].text)
    if value is not None:
        yield Mark(start, start + 1, MarkKind.NUMBER, Amount(value), _COST)
    if 0 < start < len(pieces) - 1 and pieces[start].text in _RANGES and _between(pieces, start):
        yield Mark(start, start + 1, "range", "-", 0.01)
    for rank, vocabulary in enumerate(vocabularies):
        best = _spelled(pieces, start, vocabulary.numbers)
        if best is not None:
            end, spelled = best
            yield Mark(start, end, MarkKind.NUMBER, Amount(spelled), _COST + 0.03 * rank)


def _between(pieces: Sequence[Piece], at: int) -> bool:
    before = at - 2 if pieces[at - 1].text == "%" and at > 1 else at - 1
    return figure(pieces[before].text) is not None and figure(pieces[at + 1].text) is not None


def figure(text: str) -> float | None:
    """Return the value of digits with separators, None for anything else."""
    if not _DIGITS.fullmatch(text) or len(text) > 15 or not text.isascii():
        return None
    if _THOUSANDS.fullmatch(text):
        return float(re.sub("[.,]", "", text))
    parts = re.split("[.,]", text)
    return float(".".join(parts)) if len(parts) < 3 else None


def _spelled(pieces: Sequence[Piece], start: int, numbers: Mapping[str, float]) -> tuple[int, float] | None:
    """Read `twenty five`, `a hundred`, `two hundred`: tens and ones are added, a hundred multiplies."""
    total, at = None, start
    while at < len(pieces) and at < start + 2 * _WORDS:
        if total is not None and pieces[at].text == "-":
            at += 1
            continue
        read = _number_word(pieces, at, numbers)
        if read is None:
            break
        value, next_at = read
        if total is None:
            total = value
        elif value >= 100 and total < value:
            total *= value
        elif (total >= 20 and value < 10 and total % 10 == 0) or (total >= 100 and value < 100):
            total += value
        elif total in _SCORES and 10 <= value < 20:
            total += value
        else:
            break
        at = end = next_at
    return None if total is None else (end, total)


def _number_word(pieces: Sequence[Piece], at: int, numbers: Mapping[str, float]) -> tuple[float, int] | None:
    """Read the longest number of the vocabulary, in several words (`quatre-vingt`) or as a part of one (`száztíz`)."""
    words: list[str] = []
    found = None
    for end in range(at, min(at + _WORDS, len(pieces))):
        if pieces[end].text == "-" and words:
            continue
        words.append(pieces[end].folded)
        value = numbers.get(" ".join(words))
        if value is not None:
            found = value, end + 1
    return found
