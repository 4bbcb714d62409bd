"""The filter algebra: one expression, two meanings (`compile`: filter text, `match`: a row). Pure.

The API knows `eq` and `ne` on nine fields, joined by `and` and `or` with parentheses:
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
"""

from dataclasses import dataclass
from bot.model import Field


@dataclass(frozen=True, slots=True)
class Eq:
    """`field eq 'value'`; values compare without regard to case."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Ne:
    """`field ne 'value'`."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more."""

    terms: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more."""

    terms: tuple["Expression", ...]


Expression = Eq | Ne | And | Or
