"""The filter algebra. An expression compiles to filter text, and it matches rows.

Pure. The API accepts `eq` and `ne` on nine fields, joined by `and` and `or` with parentheses:
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.licensing import Field


@dataclass(frozen=True, slots=True)
class Eq:
    """`field eq 'value'`. Values compare case-insensitively."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Ne:
    """`field ne 'value'`. Values compare case-insensitively."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class And:
    """Two or more terms, all of which must hold.

    A nested And is flattened: equal meaning is equal data.
    """

    terms: tuple["Expression", ...]

    def __post_init__(self) -> None:
        flat = tuple(leaf for term in self.terms for leaf in (term.terms if isinstance(term, And) else (term,)))
        object.__setattr__(self, "terms", _two_or_more(flat))


@dataclass(frozen=True, slots=True)
class Or:
    """Two or more terms, one of which must hold.

    A nested Or is flattened: equal meaning is equal data.
    """

    terms: tuple["Expression", ...]

    def __post_init__(self) -> None:
        flat = tuple(leaf for term in self.terms for leaf in (term.terms if isinstance(term, Or) else (term,)))
        object.__setattr__(self, "terms", _two_or_more(flat))


Expression = Eq | Ne | And | Or


def all_of(terms: Iterable[Expression]) -> Expression | None:
    """Return an expression that holds if every term holds.

    None without terms, the term itself if there is one.
    """
    several = tuple(terms)
    return And(several) if len(several) > 1 else next(iter(several), None)


def any_of(terms: Iterable[Expression]) -> Expression | None:
    """Return an expression that holds if any term holds.

    None without terms, the term itself if there is one.
    """
    several = tuple(terms)
    return Or(several) if len(several) > 1 else next(iter(several), None)


def _two_or_more(terms: tuple[Expression, ...]) -> tuple[Expression, ...]:
    if len(terms) < 2:
        raise ValueError("And and Or join two terms or more; all_of and any_of take any number")
    return terms
