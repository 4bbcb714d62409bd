"""The content of the usage card. Pure; imports nothing of bot."""

from dataclasses import dataclass
from datetime import date

from cards.views.button_payload import AskButton, MoreButton, RowButton, ShapeButton, ViewButton

ROWS_ON_CARD = 20  # each in two lines: more than this never fit


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a row or of the total, as they are shown.

    bot/domain/figures.py says what they mean. `percent` is the percentage of qualified licenses in use, None if no
    license qualifies ("n/a"). `active` are those in use among `qualified`, `beyond` those in use without being
    qualified. If `several`, `percent` is of several workloads, and the numbers of licenses are only those of
    `workload`, the one with most unused. `workload` is "" where the reader knows it.
    """

    percent: int | None
    active: int
    qualified: int
    unused: int
    beyond: int = 0
    workload: str = ""
    several: bool = False


@dataclass(frozen=True, slots=True)
class UsageItem:
    """A row of the usage card.

    Its name, a detail (such as a product of a workload), its figures. `days` are the days of its figures, the oldest
    first, () if they are unknown. If two days are compared, `change` says what is known of both: changed, same, new,
    unknown, or gone, which has the figures of the earlier day. `before` are the earlier figures, if they are known.
    `unknown` counts the rows of the report that belong to the item and are not in its figures. `open` shows the row
    alone: in place of the card, or in a new one.
    """

    name: str
    detail: str | None
    figures: Figures
    days: tuple[date, ...] = ()
    change: str = ""
    before: Figures | None = None
    unknown: int = 0
    open: RowButton | AskButton | None = None


@dataclass(frozen=True, slots=True)
class ServiceDateView:
    """The day on which a service's figures were processed."""

    service: str
    day: date


@dataclass(frozen=True, slots=True)
class ComparedView:
    """The figures of an earlier day, beside those of an answer.

    `day` was asked for, `as_of` has the days of the figures. `total` is None if the change of the total is not known.
    `gone` are the first of `gone_total` rows that the earlier day alone has. `counted` is what is missing in the
    earlier figures. `nothing`: there are none. `same_days`: both are of the same days; then `earlier` asks about an
    earlier one, `earlier_day`. Else `month` compares with a month before the earlier day, `year` with a year before the
    later one. `outside`: the later figures are older than the range that was asked for.
    """

    day: date
    as_of: tuple[ServiceDateView, ...]
    total: Figures | None = None
    gone: tuple[UsageItem, ...] = ()
    gone_total: int = 0
    counted: tuple[tuple[str, int], ...] = ()
    nothing: bool = False
    same_days: bool = False
    earlier: AskButton | None = None
    earlier_day: date | None = None
    month: AskButton | None = None
    year: AskButton | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Something in a question that narrows its figures.

    `kind` is a key `scope.<kind>`: mine (`count` customers of the list, of `numbers` if some cannot be seen), sold,
    assigned, unassigned, without, ignored (`names`, and `count` customers without one) and not_ignored (`names`),
    no_trials (`count` rows), filter (`text`), none_used, below, at_most, above, at_least, between (`shares`, as
    fractions), top, bottom (`count`), day and versus (`day`), range (`day` and `last`), since (`day`), dropped,
    improved, changed. With a `measure` (unused, active, …), the limits are `numbers` of licenses (one may also be
    exactly), and top and bottom are by the number of licenses.
    """

    kind: str
    names: tuple[str, ...] = ()
    text: str = ""
    shares: tuple[float, ...] = ()
    count: int = 0
    day: date | None = None
    last: date | None = None
    numbers: tuple[int, ...] = ()
    measure: str = ""


@dataclass(frozen=True, slots=True)
class OwnScopeView:
    """What an answer about "my customers" lacks.

    `gone` are those of the list that the person can no longer see, `silent` those without figures.
    """

    gone: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgeView:
    """The age of old figures: `count` of `unit` (weeks, months, years).

    `some`: other figures are newer.
    """

    unit: str
    count: int
    some: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A name of the question as it was `typed`, and what it was `taken` for."""

    typed: str
    taken: str


@dataclass(frozen=True, slots=True)
class ShapeView:
    """Other shapes of a list.

    By what it is grouped, in which order, and which rows are there. Of each, what there is to choose and what is chosen
    now: keys `shape.group.<name>`, `shape.order.<name>` and `shape.only.<name>`. `show` answers in the chosen shape,
    `back` leads to the list as it was.
    """

    scope: tuple[str, ...]
    narrowed: tuple[Narrowing, ...]
    groups: tuple[str, ...]
    group: str
    orders: tuple[str, ...]
    order: str
    only_these: tuple[str, ...]
    only: str
    show: ShapeButton
    back: MoreButton
    seats: bool = False


@dataclass(frozen=True, slots=True)
class UsageView:
    """The answer to a usage question.

    `scope` names what was asked about, the customer first ("TEST COMPANY", "Exchange"); () for everything.
    `of_customer`: the first name is the only customer. `narrowed` is what else narrows the figures, `corrected` the
    names that were typed otherwise. `items` are rows out of `matched`: the first has position `start` (from 0), those
    from `fresh` were not shown before. `more` has the command that fetches further ones. `total` is of all rows of the
    answer. `selected`: the rows were selected by their ratio (top, below …), so `total` is not the total of the scope.
    `newest` is the newest day of any row, `older` the days before the newest of the same service with their numbers of
    customers, `age` the age of old figures. `remarks` are
    keys `remark.<key>` of the locale, `counted` those with a number of rows. `question` is the canonical sentence that
    was answered. `digest` sets up a digest of the question (None if nothing can be posted later), `export` makes a file
    of the answer. `whole` asks about all workloads of the customer, `renewals` when its subscriptions end, `versus`
    compares with an earlier day. `compared` has the figures of an earlier day, if the question compares two. `back`
    leads to the list that the answer is a row of, `following` to its next row, which is one of the dimension `listed`.
    `reshape` offers other shapes of the list. `again` asks the same question in place of the card. `customers` offers
    customers to ask about, `trend` shows how the figures developed. `kept` are the limits of the question before, which
    `freed` asks without. `seats`: the figures are of sold licenses, so `qualified` is what was sold and `active` what
    is assigned. `beside` leads from usage to what was sold, or back. `own` is what an answer about
    "my customers" lacks. `ignored` takes back what is left out of every answer, or shows what that is.
    """

    question: str
    scope: tuple[str, ...]
    by: tuple[str, ...]
    items: tuple[UsageItem, ...]
    matched: int
    total: Figures
    as_of: tuple[ServiceDateView, ...]
    remarks: tuple[str, ...] = ()
    more: MoreButton | None = None
    selected: bool = False
    digest: AskButton | None = None
    narrowed: tuple[Narrowing, ...] = ()
    start: int = 0
    fresh: int = 0
    newest: date | None = None
    older: tuple[tuple[date, int], ...] = ()
    age: AgeView | None = None
    counted: tuple[tuple[str, int], ...] = ()
    corrected: tuple[CorrectionView, ...] = ()
    compared: ComparedView | None = None
    of_customer: bool = False
    whole: AskButton | None = None
    renewals: AskButton | None = None
    versus: AskButton | None = None
    back: MoreButton | None = None
    following: RowButton | None = None
    listed: str = ""
    export: AskButton | None = None
    reshape: ViewButton | None = None
    again: AskButton | None = None
    customers: AskButton | None = None
    kept: tuple[Narrowing, ...] = ()
    freed: AskButton | None = None
    seats: bool = False
    beside: AskButton | None = None
    trend: AskButton | None = None
    own: OwnScopeView = OwnScopeView()
    ignored: AskButton | None = None
