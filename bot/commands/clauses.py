"""The clauses of a question in one table. Pure.

The printed sentence, the plan and the stable names loop over the table. A new clause is a row here, a field
of `Usage` in `command`, and its words in `language.vocabulary` and `language.sentence`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, StrEnum, auto
from typing import Any

from bot.commands.command import Clause, Name, Usage
from bot.domain.licensing import Dimension


class ValueKind(Enum):
    """The kind of value of a clause: decides how it is read, joined and printed."""

    NAMES = auto()
    MINE = auto()
    EXCLUDED = auto()  # names, each with the clause that it would have if it were included
    DIMENSIONS = auto()
    SHARE = auto()
    AMOUNTS = auto()
    COUNT = auto()
    DAY = auto()
    RANGE = auto()
    COMPARISON = auto()
    FILTER = auto()
    KIND = auto()
    AHEAD = auto()
    STEP = auto()
    SEATS = auto()
    RENEWING = auto()
    MEASURE = auto()


class Position(Enum):
    """The position of a clause in the printed sentence.

    Clauses with the same position keep the order of the table.
    """

    FIRST = auto()  # in place of the verb
    MIDDLE = auto()
    LAST = auto()


class ShareBound(StrEnum):
    """The roles of the phrases that begin a percentage range."""

    BELOW = "below"
    ABOVE = "above"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"


class RankEnd(StrEnum):
    """The roles of the phrases that begin a count of rows."""

    TOP = "top"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class ClauseSpec:
    """A row of the table.

    Phrases of `role` or one of `variants` fill `field` of `Usage`. `role` is "" if no phrase begins the clause: then
    only `language.reading` reads it.

    `dimensions`: where a name is looked up; the first dimension that has the name is used.
    """

    field: str
    role: str
    dimensions: tuple[Dimension, ...]
    value: ValueKind
    position: Position = Position.MIDDLE
    variants: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role whose phrases begin the clause."""
        return tuple(filter(None, (self.role, *self.variants)))

    @property
    def clause(self) -> Clause:
        """The clause to which the names belong.

        Raises ValueError when the clause takes no names.
        """
        return Clause(self.role)


CLAUSES: tuple[ClauseSpec, ...] = (
    ClauseSpec("seats", "", (), ValueKind.SEATS, position=Position.FIRST),
    ClauseSpec("customers", Clause.FOR, (Dimension.CUSTOMER,), ValueKind.NAMES),
    ClauseSpec("mine", "", (), ValueKind.MINE),
    # Workloads come before products, because "exchange" begins product names too (EXCHANGE ONLINE PROTECTION).
    ClauseSpec(
        "subjects",
        Clause.ON,
        (Dimension.WORKLOAD, Dimension.SERVICE, Dimension.PRODUCT),
        ValueKind.NAMES,
    ),
    ClauseSpec("products", Clause.IN, (Dimension.PRODUCT,), ValueKind.NAMES),
    ClauseSpec("channels", Clause.VIA, (Dimension.CHANNEL,), ValueKind.NAMES),
    ClauseSpec("excluded", "not", (), ValueKind.EXCLUDED),
    ClauseSpec("by", "by", (), ValueKind.DIMENSIONS),
    ClauseSpec("limit", ShareBound.BELOW, (), ValueKind.SHARE, variants=tuple(ShareBound)[1:]),
    ClauseSpec("amounts", "", (), ValueKind.AMOUNTS),
    # Before the order: `renewals top 5 by unused licenses`.
    ClauseSpec("kind", "", (), ValueKind.KIND, position=Position.FIRST),
    ClauseSpec("measure", "", (), ValueKind.MEASURE, position=Position.FIRST),
    ClauseSpec(
        "order",
        RankEnd.TOP,
        (),
        ValueKind.COUNT,
        position=Position.FIRST,
        variants=(RankEnd.BOTTOM,),
    ),
    ClauseSpec("as_of", "as_of", (), ValueKind.DAY),
    ClauseSpec("period", "", (), ValueKind.RANGE),
    ClauseSpec("versus", "", (), ValueKind.COMPARISON),
    ClauseSpec("ahead", "", (), ValueKind.AHEAD),
    ClauseSpec("step", "", (), ValueKind.STEP),
    ClauseSpec("renewing", "", (), ValueKind.RENEWING),
    ClauseSpec("expression", "filter", (), ValueKind.FILTER, position=Position.LAST),
)

NAME_CLAUSES: Mapping[Clause, ClauseSpec] = {each.clause: each for each in CLAUSES if each.value is ValueKind.NAMES}
DIMENSIONS: Mapping[Clause, tuple[Dimension, ...]] = {clause: each.dimensions for clause, each in NAME_CLAUSES.items()}


def names_of(question: Usage) -> Iterator[tuple[Clause, tuple[Name, ...]]]:
    """Yield the included names of each clause, in the order of the table."""
    for clause, spec in NAME_CLAUSES.items():
        yield clause, getattr(question, spec.field)


def with_names(question: Usage, clause: Clause, change: Callable[[tuple[Name, ...]], tuple[Name, ...]]) -> Usage:
    """Return the same question with the names of `clause` changed."""
    field = NAME_CLAUSES[clause].field
    changed: dict[str, Any] = {field: change(getattr(question, field))}
    return replace(question, **changed)
