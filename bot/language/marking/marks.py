"""What a part of a sentence means by itself, before the parts are put together.

Pure.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.licensing import Entry


class MarkKind(StrEnum):
    """The kinds of marks that are not words of the vocabulary.

    Those have the kinds of its files.
    """

    NAME = "name"
    NUMBER = "number"
    NEGATIVE = "negative"  # a number below zero
    TIME = "time"
    SIGN = "sign"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NameMark:
    """The entries that a text may name, the best first; () if nothing is called so.

    `exact`: the whole name, an id or an alias was typed. `corrected`: it was misspelt. `product`: a product that is
    sold, but to no customer here.
    """

    entries: tuple[Entry, ...]
    exact: bool = False
    corrected: bool = False
    nearest: tuple[Entry, ...] = ()
    product: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """The pieces from `start` up to `end` and what they mean.

    `kind` and `value` are those of the vocabulary (`measure`, `unused`), or a MarkKind and its value. `cost` is how
    doubtful it is. `right` is the spelling if a word of the vocabulary was misspelt.
    """

    start: int
    end: int
    kind: str
    value: object = None
    cost: float = field(default=0.0, compare=False)
    right: str = ""
