"""Find numbers: `100`, `12.5`, `1.000`, `twenty`, `a third`, `9 in 10`. Pure.

A number is a float in the unit that the words around it say. A fraction is in percent.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.language.marking.costs import Costs
from bot.language.marking.marks import Mark, MarkKind
from bot.language.marking.pieces import Piece
from bot.language.vocabulary.vocabulary import Vocabulary

_WORDS = 4
_PARTS = ("ad", "ed", "od")  # `negyedét` is a quarter, and not four
_TEN = 10
_LEAST = 2  # letters of a number inside a word
_SCORES = (60, 80)  # soixante-dix, quatre-vingt-onze
_RANGES = frozenset("-–—~")
_MINUS = frozenset("-‐‑‒–—−－")
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_KILO = re.compile(r"[0-9]{1,3}[kK]")
_THOUSANDTHS = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as typed. `percent`: it was said as a percentage (`half`, `9 in 10`)."""

    value: float
    percent: bool = False


def number_marks(
    pieces: Sequence[Piece], start: int, vocabularies: Sequence[Vocabulary], costs: Costs
) -> Iterator[Mark]:
    """Yield the numbers that begin with the piece at `start`.

    A number below zero is no number of anything here: no licenses, percentages or digests. It has a kind of its own,
    which nothing understands, so that `stop digest -3` does not stop digest 3.
    """
    if _is_negative(pieces, start):
        yield Mark(start, start + 2, MarkKind.NEGATIVE, cost=costs.places.range)
    if start and _is_negative(pieces, start - 1):
        return
    value = _decimal(pieces, start) or figure(pieces[start].text)
    if value is not None:
        yield Mark(start, start + 1, MarkKind.NUMBER, Amount(value), costs.places.number)
    if 0 < start < len(pieces) - 1 and pieces[start].text in _RANGES and _between(pieces, start):
        yield Mark(start, start + 1, "range", "-", costs.places.range)
    for rank, vocabulary in enumerate(vocabularies):
        best = _spelled(pieces, start, vocabulary)
        if best is not None:
            end, spelled = best
            cost = costs.places.number + costs.words.language * rank
            yield Mark(start, end, MarkKind.NUMBER, Amount(spelled), cost)


def _decimal(pieces: Sequence[Piece], at: int) -> float | None:
    """Return the value of `8.169%`, which is no thousands of percent.

    None for any other number.
    """
    text = pieces[at].text
    if at + 1 == len(pieces) or pieces[at + 1].text != "%" or not text.isascii() or not _THOUSANDTHS.fullmatch(text):
        return None
    return float(text.replace(",", "."))


def _is_negative(pieces: Sequence[Piece], at: int) -> bool:
    """Return True for a minus sign between a blank and a figure. `20 -40` is a range, and `- 3` an item of a list."""
    if at + 1 >= len(pieces) or pieces[at].text not in _MINUS or (at and pieces[at].glued):
        return False
    ranges = at > 0 and _between(pieces, at)
    return not ranges and pieces[at + 1].glued and figure(pieces[at + 1].text) is not None


def _between(pieces: Sequence[Piece], at: int) -> bool:
    before = at - 2 if pieces[at - 1].text == "%" and at > 1 else at - 1
    return figure(pieces[before].text) is not None and figure(pieces[at + 1].text) is not None


def figure(text: str) -> float | None:
    """Return the value of digits with separators, None for anything else."""
    if text[:-1].isascii() and _KILO.fullmatch(text):
        return 1000.0 * float(text[:-1])
    if not _DIGITS.fullmatch(text) or len(text) > 15 or not text.isascii():
        return None
    if _THOUSANDS.fullmatch(text):
        return float(re.sub("[.,]", "", text))
    parts = re.split("[.,]", text)
    return float(".".join(parts)) if len(parts) < 3 else None


def _spelled(pieces: Sequence[Piece], start: int, vocabulary: Vocabulary) -> tuple[int, float] | None:
    """Read `twenty five`, `a hundred`, `two hundred`: tens and ones are added, a hundred multiplies."""
    total, at = None, start
    while at < len(pieces) and at < start + 2 * _WORDS:
        if total is not None and pieces[at].text == "-":
            at += 1
            continue
        read = _number_word(pieces, at, vocabulary)
        if read is None:
            break
        value, next_at = read
        together = value if total is None else _together(total, value)
        if together is None:
            break
        total = together
        at = end = next_at
    return None if total is None else (end, total)


def _number_word(pieces: Sequence[Piece], at: int, vocabulary: Vocabulary) -> tuple[float, int] | None:
    """Read the longest number of the vocabulary: `twenty`, `quatre-vingt`, `huszonöt`, `ötvennél`."""
    words: list[str] = []
    found = None
    numbers = vocabulary.numbers
    folded = pieces[at].folded
    stems = (each for each in vocabulary.endings.stems(folded) if not folded.startswith(_PARTS, len(each)))
    for word in (pieces[at].text.casefold(), folded, *stems):
        if (joined := _joined(word, numbers)) is not None:
            found = joined, at + 1
            break
    for end in range(at, min(at + _WORDS, len(pieces))):
        if pieces[end].text == "-" and words:
            continue
        words.append(pieces[end].folded)
        value = numbers.get(" ".join(words))
        if value is not None:
            found = value, end + 1
    return found


def _together(total: float, value: float) -> float | None:
    """Return what `value` makes of the number before it: `two hundred`, `twenty five`; None if it is another one."""
    if value >= 100 and total < value:
        return total * value
    if (total >= 20 and value < 10 and total % 10 == 0) or (total >= 100 and value < 100):
        return total + value
    return total + value if total in _SCORES and 10 <= value < 20 else None


def _joined(word: str, numbers: Mapping[str, float]) -> float | None:
    """Return the number that is written as one word of several: `százhúsz`."""
    if word in numbers:
        return numbers[word]
    for end in range(len(word) - _LEAST, _LEAST - 1, -1):
        if (first := numbers.get(word[:end])) is None or (rest := _joined(word[end:], numbers)) is None:
            continue
        if first == _TEN and rest < _TEN:
            return first + rest
        if (joined := _together(first, rest)) is not None:
            return joined
    return None
