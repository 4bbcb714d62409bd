"""What a user can ask, as data. Pure.

A name in a command is the typed text, without quotes and with single blanks. `names` finds the entry that it means.
"""

import re
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bot.commands.answer_kind import AnswerKind, TrendMeasure, TrendStep
from bot.commands.personal_command import Follow, Ignore, IgnoredList, MyCustomers, ShowAgain, Unfollow
from bot.commands.run_condition import RunCondition
from bot.commands.typed_name import Clause, Name
from bot.domain.compared_days import Comparison, DayRange
from bot.domain.licensing import Dimension
from bot.domain.recurrence import Schedule
from bot.domain.report_kind import SeatMeasure
from bot.domain.subscriptions import Renewing
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.expression import Expression
from bot.query.filters.row_selection import EVERYTHING, RowSelection
from bot.query.filters.share_filter import ShareRange, TopBottom

# Made elsewhere, and used as commands are.
__all__ = ["Clause", "Follow", "Ignore", "IgnoredList", "MyCustomers", "Name", "ShowAgain", "Unfollow"]

_CODE = re.compile(r"[a-z]{2,3}")  # https://www.rfc-editor.org/rfc/rfc5646#section-2.2.1


@dataclass(frozen=True, slots=True)
class Usage:
    """`usage …`, `top …`, `bottom …` and `filter …`: are the licenses being used?

    The figures are those of `as_of`, else of the end of `period`, else the newest. They are compared with those of
    `versus`, else with those of the start of `period`, if one of them was said. That is so for figures; a question of
    another `kind` is about what its kind says. `ahead`: only what ends within so many days from today; else, of
    subscriptions, what ends in the `period`. `renewing`: only subscriptions that renew themselves, or do not. `step`:
    how far the days of a trend are apart, `measure`: which number it shows. `mine`: about the customers that the person
    who asks follows at that time, too.
    With `seats` it is about licenses that were sold and assigned. Then `qualified` in its conditions and in its order
    means sold, `active` assigned, `unused` not assigned, `beyond` assigned beyond what was sold, and a percentage is
    the assigned part of the sold ones.
    """

    customers: tuple[Name, ...] = ()
    subjects: tuple[Name, ...] = ()
    products: tuple[Name, ...] = ()
    channels: tuple[Name, ...] = ()
    excluded: tuple[tuple[Clause, Name], ...] = ()
    by: tuple[Dimension, ...] = ()
    limit: ShareRange | None = None
    amounts: tuple[AmountRange, ...] = ()  # at most one of each measure
    order: TopBottom | None = None
    as_of: date | None = None
    period: DayRange | None = None
    versus: Comparison | None = None
    expression: Expression | None = None
    kind: AnswerKind = AnswerKind.FIGURES
    ahead: int | None = None
    step: TrendStep | None = None
    seats: SeatMeasure | None = None
    renewing: Renewing | None = None
    mine: bool = False
    measure: TrendMeasure | None = None

    @property
    def selection(self) -> RowSelection:
        """Return the conditions on the rows of the answer."""
        return RowSelection(self.limit, self.amounts)

    @property
    def day(self) -> date | None:
        """Return the day of the figures, None for the newest."""
        return self.as_of if self.as_of is not None or self.period is None else self.period.last

    def compared_day(self, today: date) -> date | None:
        """Return the day that `day` is compared with, None if there is none."""
        if self.versus is not None:
            return self.versus.day_before(today)
        return None if self.period is None else self.period.first


# The help topic that says what the figures mean; others are named as verbs.
FIGURES_TOPIC = "figures"


@dataclass(frozen=True, slots=True)
class Help:
    """`help`, `help usage`. `topic` is the name of a help topic; None means all."""

    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Hello:
    """`hello`, `hi`."""


@dataclass(frozen=True, slots=True)
class Customers:
    """`customers`, `customers fabr`: the customers that the caller can see.

    `search` is a part of the name that they must contain.
    """

    search: str | None = None


@dataclass(frozen=True, slots=True)
class Workloads:
    """`workloads`: the workloads that the caller can see."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """`sign in`."""


@dataclass(frozen=True, slots=True)
class SignOut:
    """`sign out`: delete the caller's tokens."""


@dataclass(frozen=True, slots=True)
class WhoAmI:
    """`who am I`: whether the caller is signed in, and with which account."""


@dataclass(frozen=True, slots=True)
class ForgetMe:
    """`forget me`: erase everything that is stored about the caller."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """`language nl`: answer the caller in this language.

    Their sentences are read in it first. `code` is None for `language`, which shows the language and those there are.
    Raises ValueError for a code that no language has.
    """

    code: str | None = None

    def __post_init__(self) -> None:
        if self.code is not None and not _CODE.fullmatch(self.code):
            raise ValueError("no code of a language")


@dataclass(frozen=True, slots=True)
class NewDigest:
    """`digest every monday 8:30 usage …`: answer `question` at these times.

    Without a schedule the bot shows a form. `only`: nothing is posted unless it holds; if a line has to cross the
    limit of the question, or a subscription has to come within its days, it is an alert. `private`: it is posted in the
    1:1 chat of the person, wherever it is set up. Raises ValueError for an alert whose question has no limit.
    """

    question: Usage
    schedule: Schedule | None = None
    only: RunCondition | None = None
    private: bool = False

    def __post_init__(self) -> None:
        limited = self.question.selection != EVERYTHING or self.question.ahead is not None
        if self.is_alert and not limited:
            raise ValueError("an alert without a limit")

    @property
    def is_alert(self) -> bool:
        """Return True for an alert."""
        return self.only is not None and self.only.crosses


class ExportForm(StrEnum):
    """The kind of a file, which is also the ending of its name."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Export:
    """`export usage …`, `export excel usage …`: the answer as a file, for the caller."""

    question: Usage
    form: ExportForm = ExportForm.CSV


@dataclass(frozen=True, slots=True)
class ListDigests:
    """`digests`: the caller's digests, and those of this conversation."""


class DigestAction(StrEnum):
    """What can be done with an existing digest."""

    RUN = "run"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"  # delete it
    OPEN = "open"  # the full answer to its question, fetched as the caller


@dataclass(frozen=True, slots=True)
class HandleDigest:
    """`stop digest 3`, `pause digests 1 and 3`, `stop it`, `stop all digests`.

    `more` are the numbers of further digests. Instead of a number: `last` is the digest that the caller spoke of last
    in this conversation, `every` is every digest of the caller, and then the bot asks first. `until` is the day on
    which a paused digest comes again. Raises ValueError for what no sentence says.
    """

    act: DigestAction
    number: int | None = None
    more: tuple[int, ...] = ()
    last: bool = False
    every: bool = False
    until: date | None = None

    def __post_init__(self) -> None:
        _check_target(self.number, self.last, self.every)
        if self.more and self.number is None:
            raise ValueError("further digests without a first one")
        if len({self.number, *self.more}) <= len(self.more):
            raise ValueError("a digest that is named twice")
        if self.until is not None and self.act is not DigestAction.PAUSE:
            raise ValueError("only a pause has an end")
        if self.act is DigestAction.OPEN and (self.every or self.more):
            raise ValueError("one digest is opened at a time")

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers that were said."""
        return () if self.number is None else (self.number, *self.more)


@dataclass(frozen=True, slots=True)
class ChangeDigest:
    """`change digest 3 to every tuesday at 9`, `change it to 8:30`.

    `at` is another time of day on the same days. Without both, the bot shows its settings. `last`, instead of a number,
    is the digest that the caller spoke of last in this conversation. `only` is another condition and `zone` another
    time zone, None for those it has. Raises ValueError for what no sentence says.
    """

    number: int | None = None
    schedule: Schedule | None = None
    at: time | None = None
    last: bool = False
    only: RunCondition | None = None
    zone: str | None = None

    def __post_init__(self) -> None:
        _check_target(self.number, self.last)
        if self.schedule is not None and self.at is not None:
            raise ValueError("a time of day beside a schedule, which has its own")
        if self.only is not None and self.only.crosses:
            raise ValueError("a digest that becomes an alert")

    @property
    def changes(self) -> bool:
        """Return True if it changes something; else it asks for the settings."""
        return any(each is not None for each in (self.schedule, self.at, self.only, self.zone))


def _check_target(number: int | None, *others: bool) -> None:
    """Raise ValueError unless exactly one of them says which digest is meant."""
    if (number is not None) + sum(others) != 1:
        raise ValueError("no digest, or a digest in two ways")


Account = SignIn | SignOut | WhoAmI | ForgetMe | ChooseLanguage
DigestCommand = NewDigest | ListDigests | HandleDigest | ChangeDigest
PersonalCommand = Follow | Unfollow | MyCustomers | Ignore | ShowAgain | IgnoredList
Command = Usage | Export | Help | Hello | Customers | Workloads | Account | DigestCommand | PersonalCommand
