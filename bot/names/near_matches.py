"""How similar a name is to what was typed. Pure."""

from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.domain.licensing import Entry


@dataclass(frozen=True, slots=True)
class NearMatches:
    """An entry similar to the typed text.

    `edits` is the edit distance, `score` is 0 to 100.
    """

    entry: Entry
    edits: int
    score: float
    name: str  # folded, as it was compared


def compared(typed: str, name: str, entry: Entry) -> NearMatches:
    """Compare as a whole, and with the words in another order.

    A match with part of a longer name scores less.
    """
    edits = min(OSA.distance(typed, name), OSA.distance(_sorted(typed), _sorted(name)))
    whole = 100.0 * (1 - edits / max(len(typed), len(name)))
    words = fuzz.token_sort_ratio(typed, name)
    part = 0.85 * fuzz.partial_ratio(typed, name) if len(typed) > 3 and len(name) > len(typed) else 0.0
    return NearMatches(entry, edits, max(whole, words, part), name)


def _sorted(text: str) -> str:
    return " ".join(sorted(text.split()))
