"""What a sentence means, whether or not the bot can do it. Pure.

A command is what the bot carries out; a meaning is what a person said, in the same words as
`usagebot explain --lines` prints it. Whatever was said is in the meaning, so that something that is not offered can be
refused by its name while everything else is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from bot.commands.answer_kind import AnswerKind, TrendStep
from bot.commands.run_condition import RunCondition
from bot.domain.compared_days import Movement
from bot.domain.licensing import Dimension, Entry
from bot.domain.recurrence import Schedule
from bot.domain.subscriptions import Renewing
from bot.query.filters.expression import Expression


class Act(StrEnum):
    """What is asked for."""

    USAGE = "usage"
    COMPARE = "compare"
    TREND = "trend"
    RENEWALS = "renewals"
    CALLS = "calls"
    LIST = "list"
    DIGEST = "digest"
    ALERT = "alert"
    MANAGE = "manage"
    EXPORT = "export"
    ACCOUNT = "account"
    FOLLOW = "follow"
    IGNORE = "ignore"
    HELP = "help"


class Measure(StrEnum):
    """What is counted; see `bot.domain.figures`."""

    SHARE = "share"
    ACTIVE = "active"
    QUALIFIED = "qualified"
    UNUSED = "unused"
    BEYOND = "beyond"
    SOLD = "sold"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    OVERASSIGNED = "overassigned"  # more are assigned than were sold


# Of which licenses that were sold, and not of usage. A question that says several is about the first one.
SEAT_MEASURES = (Measure.UNASSIGNED, Measure.SOLD, Measure.ASSIGNED, Measure.OVERASSIGNED)


class Unit(StrEnum):
    """The unit of a condition's value."""

    PERCENT = "%"
    LICENSES = "licenses"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on each line of the answer: `unused > 100 licenses`.

    `operator` is `<`, `<=`, `>`, `>=` or `=`.
    """

    measure: Measure
    operator: str
    value: float
    unit: Unit


@dataclass(frozen=True, slots=True)
class Keep:
    """Only the first lines by a measure.

    `n` is None if no number was said; `top`: the largest ones.
    """

    top: bool
    n: int | None
    measure: Measure = Measure.SHARE


@dataclass(frozen=True, slots=True)
class Named:
    """Something that was named.

    `entries` has several if the name is several things'. `corrected`: it was misspelled. `assumed`: only a part of the
    name was typed.
    """

    text: str
    entries: tuple[Entry, ...]
    negative: bool = False
    corrected: bool = False
    assumed: bool = False

    @property
    def dimension(self) -> Dimension:
        """The dimension of the entries."""
        return self.entries[0].dimension


@dataclass(frozen=True, slots=True)
class Versus:
    """What something is compared with: a day, or a range of days.

    `taken` is the day of the range whose figures are compared, None for the newest figures. `ago`: how many days ago
    that is, if the same words mean another day tomorrow. Without a `first` day, only that is known.
    """

    first: date | None
    last: date | None = None
    taken: date | None = field(default=None, compare=False)
    ago: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What was said; a field that was not said has its default."""

    act: Act = Act.USAGE
    names: tuple[Named, ...] = ()
    expression: Expression | None = None
    measure: Measure | None = None
    by: tuple[Dimension, ...] = ()
    keep: Keep | None = None
    conditions: tuple[Condition, ...] = ()
    day: date | None = None
    period: tuple[date, date] | None = None
    goes_on: bool = False  # the period does, until today
    versus: Versus | None = None
    moved: Movement | None = None  # only what moved in this direction
    schedule: Schedule | None = None
    clock: time | None = None  # another time for a digest that keeps its days
    only: RunCondition | None = None  # what must hold, or a digest is not posted
    kind: AnswerKind = AnswerKind.FIGURES
    ahead: int | None = None  # days from today
    step: TrendStep | None = None
    renewing: Renewing | None = None
    trials: bool = False  # trials are named
    mine: bool = False  # about the customers that the person follows
    output: str = ""
    do: str = ""
    target: tuple[int, ...] | str = ()
    until: date | None = None
    of: str = ""
    search: str = ""
    topic: str = ""
    language: str = ""  # the code of the language that was named, "other" for one that is not read

    def called(self, *dimensions: Dimension, negative: bool = False) -> Sequence[Named]:
        """Return what was named in these dimensions."""
        return [each for each in self.names if each.negative is negative and each.dimension in dimensions]

    @property
    def names_customers(self) -> bool:
        """Return True if a customer was named that is not left out."""
        return bool(self.called(Dimension.CUSTOMER))
