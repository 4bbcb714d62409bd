"""What is sold, used and ends, as the cards of renewals and calls show it.

Pure; imports nothing of bot.
"""

from dataclasses import dataclass
from datetime import date

from cards.views.button_payload import AskButton, MoreButton
from cards.views.usage_views import AgeView, CorrectionView, Narrowing

LINES_ON_CARD = 12  # each in three lines: more than this rarely fit


@dataclass(frozen=True, slots=True)
class NumberView:
    """A number of licenses with its source and day.

    `number` is None if no source says it.

    `source` is a key `sold.source.<source>` of the locale, "" if there is none.
    """

    number: int | None = None
    source: str = ""
    day: date | None = None


UNKNOWN_NUMBER = NumberView()


@dataclass(frozen=True, slots=True)
class TermView:
    """A subscription. `product` is what it is called, `mark` the end of its id.

    `end` is the last day of its term, `days` until then, below 0 if it is over. `far`: the end is no real day.
    `renewing` is auto, off or unknown; `state` one of `sold.state.<state>`. `seats` are its licenses, `after` those
    after the renewal if a change is scheduled. `cancel_until` is what the service says.
    """

    product: str
    mark: str
    end: date | None = None
    days: int | None = None
    far: bool = False
    renewing: str = "unknown"
    state: str = "active"
    seats: int | None = None
    after: int | None = None
    trial: bool = False
    cancel_until: date | None = None


@dataclass(frozen=True, slots=True)
class RenewalItem:
    """A product of a customer.

    `term` is the subscription that is asked for, `terms` are all of them.

    `active` and `unused` are of `workload`, `percent` is the part of its qualified licenses in use. `not_assigned` and
    `idle` are sold and assigned licenses without use, None if not known. `unjoined` is a key `sold.unjoined.<reason>`,
    "" if nothing is missing. `group` is running, ended or product (no subscription is known). `seats` are the licenses
    of the subscriptions that are asked for, None if not known.
    """

    customer: str
    product: str
    sold: NumberView = UNKNOWN_NUMBER
    assigned: NumberView = UNKNOWN_NUMBER
    active: NumberView = UNKNOWN_NUMBER
    unused: NumberView = UNKNOWN_NUMBER
    workload: str = ""
    percent: int | None = None
    term: TermView | None = None
    terms: tuple[TermView, ...] = ()
    not_assigned: int | None = None
    idle: int | None = None
    unjoined: str = ""
    open: AskButton | None = None
    group: str = "running"
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source: its day, or why it has no numbers, as a key `error.<problem>`.

    `last` is the newest of its days if they differ.
    """

    source: str
    day: date | None = None
    last: date | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RenewalsView:
    """Subscriptions that end.

    Of one customer the name is `customer`, and `numbers` are those of all its products. `remind` sets up an alert
    before they end.

    `ahead`: within so many days. `renewing`: only those that renew themselves, or do not. `items` are those of
    `matched` from position `start`; those from `fresh` were not shown before. `counted` are numbers of lines that are
    not there, with a key `sold.counted.<reason>`. `groups` counts the lines of each group that has some. `usage` asks
    about the usage of the customer. `ignored` takes back what is left out of every answer, or shows what that is.
    `age` is the age of old figures.
    """

    question: str
    scope: tuple[str, ...]
    narrowed: tuple[Narrowing, ...]
    items: tuple[RenewalItem, ...]
    matched: int
    sources: tuple[SourceView, ...]
    customer: str = ""
    numbers: RenewalItem | None = None
    ahead: int | None = None
    renewing: str = ""
    groups: tuple[tuple[str, int], ...] = ()
    counted: tuple[tuple[str, int], ...] = ()
    corrected: tuple[CorrectionView, ...] = ()
    start: int = 0
    fresh: int = 0
    more: MoreButton | None = None
    usage: AskButton | None = None
    digest: AskButton | None = None
    remind: AskButton | None = None
    all_products: AskButton | None = None
    again: AskButton | None = None
    ignored: AskButton | None = None
    age: AgeView | None = None


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Why to call a customer: a key `calls.reason.<rule>`, and what it is about.

    `number` and `share` are what the text says, `share` of `workload` if `name` is a product; `day` is a day, `days`
    how far it is, and `renewing` (auto, off or unknown) what happens on it.
    """

    rule: str
    name: str = ""
    number: int = 0
    share: int | None = None
    day: date | None = None
    days: int = 0
    renewing: str = ""
    workload: str = ""


@dataclass(frozen=True, slots=True)
class CallItem:
    """A customer to call, with the reasons, the first of which decides the place."""

    customer: str
    reasons: tuple[ReasonView, ...]
    open: AskButton | None = None


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule of the call list: a key `calls.rule.<rule>`, and its numbers."""

    rule: str
    days: int = 0
    share: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class CallsView:
    """Whom to call, in order.

    `rules` are those of the order. `earlier` is the day of the usage that a drop is
    measured from, None if it is not known. `ignored` takes back what is left out of every answer, or
    shows what that is.
    """

    question: str
    scope: tuple[str, ...]
    narrowed: tuple[Narrowing, ...]
    items: tuple[CallItem, ...]
    matched: int
    rules: tuple[RuleView, ...]
    sources: tuple[SourceView, ...]
    earlier: date | None = None
    counted: tuple[tuple[str, int], ...] = ()
    corrected: tuple[CorrectionView, ...] = ()
    start: int = 0
    fresh: int = 0
    more: MoreButton | None = None
    digest: AskButton | None = None
    again: AskButton | None = None
    ignored: AskButton | None = None
    age: AgeView | None = None
