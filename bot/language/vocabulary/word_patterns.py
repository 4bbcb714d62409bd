"""Expand the patterns of a vocabulary.

`show|give me|us| the usage` is a list of phrases. Pure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, product

_MOST = 2_000
_NAME, _CODE = "{name}", "{code}"
_BLANK = re.compile("[_-]")  # a hyphen between words is no part of them


def phrases(pattern: str, inflections: Sequence[str] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the phrases of `pattern` as words.

    The words are separated by blanks, the alternatives of a word by `|`; an empty alternative may be left out. A `_` or
    `-` in an alternative is a blank, and a `~` at its end is each of the language's `inflections`, or none. Raises
    ValueError for a pattern with too many phrases.
    """
    slots = [
        [tuple(filter(None, _BLANK.split(each))) for each in _inflected(slot.split("|"), inflections)]
        for slot in pattern.split(" ")
    ]
    size = 1
    for slot in slots:
        size *= len(slot)
    if size > _MOST:
        raise ValueError(f"too many phrases: {pattern}")
    for chosen in product(*slots):
        words = tuple(chain.from_iterable(chosen))
        if words:
            yield words


def in_tongues(
    patterns: Sequence[str], value: str, tongues: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield each pattern for each language that it may name, and its value then.

    The value `language` becomes `language nl`. In a pattern, `{name}` is what the language is called, and `{code}` is
    that, its code, and what else it is called in such a phrase.
    """
    for pattern in patterns:
        slots = [slot.split("|") for slot in pattern.split(" ")]
        if not any(sign in slot for slot in slots for sign in (_NAME, _CODE)):
            yield pattern, value
            continue
        for code, (names, also) in tongues.items():
            named = {_NAME: names, _CODE: "|".join(filter(None, (names, also, code)))}
            yield " ".join("|".join(named.get(each, each) for each in slot) for slot in slots), f"{value} {code}"


def _inflected(alternatives: Sequence[str], inflections: Sequence[str]) -> Iterator[str]:
    for each in alternatives:
        if each.endswith("~"):
            yield from (each[:-1] + ending for ending in ("", *inflections))
        else:
            yield each
