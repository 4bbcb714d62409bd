"""The content of the usage card. Pure; imports nothing of bot."""

from dataclasses import dataclass
from datetime import date

from cards.views.button_payload import AskButton, MoreButton


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a row or of the total, as they are shown; bot/domain/figures.py says what they mean.

    `percent` is the share of qualified licenses in use, None if no license qualifies ("n/a"). `active` are those in
    use among `qualified`, `beyond` those in use without being qualified. If `several`, `percent` is of several
    workloads, and the numbers of licenses are only those of `workload`, the one with most unused. `workload` is ""
    where the reader knows it.
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
    first, () if they are unknown.
    """

    name: str
    detail: str | None
    figures: Figures
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceDateView:
    """The day on which a service's figures were processed."""

    service: str
    day: date


@dataclass(frozen=True, slots=True)
class UsageView:
    """The answer to a usage question.

    `scope` names what was asked about, the customer first ("TEST COMPANY", "Exchange"); () for everything. `items` are
    the rows to show, out of `matched`; `more` fetches further ones. `total` sums all rows of the answer. `selected`:
    the rows were selected by their ratio (top, below …), so `total` is not the total of the scope. `remarks` are keys
    `remark.<key>` of the locale. `question` is the canonical sentence that was answered. `digest` sets up a digest of
    the question (None if nothing can be posted later).
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
