"""What a person can ask, as data. Pure.

A name in a command is text as typed (quotes removed, white space folded): `names.resolve` finds what it names.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.licensing import Dimension
from bot.domain.recurrence import Schedule
from bot.query.filters.expression import Expression
from bot.query.filters.share_filter import ShareRange, TopBottom


class Clause(StrEnum):
    """Where a name stands in the sentence: decides what it may be the name of."""

    FOR = "for"  # a customer
    ON = "on"  # a workload, else a service, else a product
    IN = "in"  # a product
    VIA = "via"  # a channel


@dataclass(frozen=True, slots=True)
class Name:
    """A name as typed. `at` is its 0-based offset in the text (None when built by a program); equality ignores it."""

    text: str
    at: int | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Name) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


@dataclass(frozen=True, slots=True)
class Usage:
    """`usage …`, `top …`, `bottom …` and `filter …`: are the licenses being used?"""

    customers: tuple[Name, ...] = ()
    subjects: tuple[Name, ...] = ()
    products: tuple[Name, ...] = ()
    channels: tuple[Name, ...] = ()
    excluded: tuple[tuple[Clause, Name], ...] = ()
    by: tuple[Dimension, ...] = ()
    limit: ShareRange | None = None
    order: TopBottom | None = None
    as_of: date | None = None
    expression: Expression | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """`help`, `help usage`: `topic` is a verb of the catalogue or None."""

    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Hello:
    """`hello`, `hi`."""


@dataclass(frozen=True, slots=True)
class Customers:
    """`customers`, `customers fabr`: the customers this person can see, `search` narrows them by name."""

    search: str | None = None


@dataclass(frozen=True, slots=True)
class Workloads:
    """`workloads`: the workloads this person can see."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """`sign in`."""


@dataclass(frozen=True, slots=True)
class SignOut:
    """`sign out`: forget this person's tokens."""


@dataclass(frozen=True, slots=True)
class WhoAmI:
    """`who am I`: whether and as whom this person is signed in."""


@dataclass(frozen=True, slots=True)
class ForgetMe:
    """`forget me`: erase everything kept about this person."""


@dataclass(frozen=True, slots=True)
class NewDigest:
    """`digest every monday 8:30 usage …`: answer `question` at these times; without a schedule the bot offers some."""

    question: Usage
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True)
class ListDigests:
    """`digests`: this person's digests, and those of this conversation."""


class DigestAction(StrEnum):
    """What can be done with a digest that exists."""

    RUN = "run"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"  # delete it
    OPEN = "open"  # the full answer to its question, as the person who asks


@dataclass(frozen=True, slots=True)
class HandleDigest:
    """`stop digest 3`, `pause digest 3` …"""

    act: DigestAction
    number: int


@dataclass(frozen=True, slots=True)
class ChangeDigest:
    """`change digest 3 to every tuesday at 9`; without a schedule the bot offers some."""

    number: int
    schedule: Schedule | None = None


Account = SignIn | SignOut | WhoAmI | ForgetMe
DigestCommand = NewDigest | ListDigests | HandleDigest | ChangeDigest
Command = Usage | Help | Hello | Customers | Workloads | Account | DigestCommand


class ParseProblem(StrEnum):
    """Why a text is no command; each has its sentence in cards/locales under `problem.<value>`."""

    EMPTY = "empty"
    UNKNOWN = "unknown"  # no verb, no clause: not a question we know
    MISSING_NAME = "missing_name"  # `usage for` and nothing behind it
    UNEXPECTED = "unexpected"  # a word that fits nowhere
    TWICE = "twice"  # a clause that can stand only once
    BAD_NUMBER = "bad_number"
    BAD_DATE = "bad_date"
    FUTURE_DATE = "future_date"
    BAD_DIMENSION = "bad_dimension"
    BAD_FILTER = "bad_filter"
    MISSING_NUMBER = "missing_number"  # `stop digest`: which one?
    BAD_SCHEDULE = "bad_schedule"
    BAD_TIME = "bad_time"  # 25:00
    BAD_ZONE = "bad_zone"  # no time zone of that name
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A text that is no command.

    `at` is the 0-based offset of `found` in the text as typed, `expected` words or forms that would work there,
    `suggestions` whole sentences that would be understood, best first.
    """

    problem: ParseProblem
    at: int
    found: str
    expected: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
