"""Expand the patterns of a vocabulary: `show|give me|us| the usage` is a list of phrases. Pure."""

from collections.abc import Iterator
from itertools import product

_MOST = 2_000


def phrases(pattern: str) -> Iterator[tuple[str, ...]]:
    """Yield the phrases of `pattern` as words.

    The words are separated by blanks, the alternatives of a word by `|`; an empty alternative may be left out, and a
    `_` in an alternative is a blank. Raises ValueError for a pattern with too many phrases.
    """
    slots = [slot.split("|") for slot in pattern.split(" ")]
    size = 1
    for slot in slots:
        size *= len(slot)
    if size > _MOST:
        raise ValueError(f"too many phrases: {pattern}")
    for chosen in product(*slots):
        words = tuple(word for each in chosen for word in each.split("_") if word)
        if words:
            yield words
