"""How many of the sold licenses are used, as its card shows it.

Pure; imports nothing of bot.
"""

from dataclasses import dataclass

from cards.views.button_payload import AskButton, MoreButton
from cards.views.kinds.selling_views import UNKNOWN_NUMBER, NumberView, SourceView
from cards.views.usage_views import AgeView, CorrectionView, Narrowing


@dataclass(frozen=True, slots=True)
class SoldUseItem:
    """A product of a customer, or `products` of them together.

    What is not part of the line is "". `active` and `not_active` are of `workload`; of several workloads they are not
    known, and `worst` is the line with most sold licenses that are not active. `percent` is the active part of the sold
    ones. Active numbers and `percent` are of `known` of the `products`. `beyond`: more are active than sold. `missing`
    is without_use or not_sold, "" if nothing is.
    """

    customer: str
    product: str
    sold: NumberView = UNKNOWN_NUMBER
    assigned: NumberView = UNKNOWN_NUMBER
    active: NumberView = UNKNOWN_NUMBER
    not_active: int | None = None
    workload: str = ""
    percent: int | None = None
    not_assigned: int | None = None
    beyond: bool = False
    missing: str = ""
    products: int = 1
    known: int = 0
    worst: "SoldUseItem | None" = None
    open: AskButton | None = None


@dataclass(frozen=True, slots=True)
class SoldUseView:
    """Sold licenses and their use.

    `items` are those of `matched` from position `start`; those from `fresh` were not shown before. `customer` is the
    only one. `counted` are numbers of what is not there, with a key `sold.counted.<reason>`. `age` is set if figures
    are old. `usage`, `sold` and `renewals` ask about the same in other reports. `ignored` takes back what is left
    out of every answer, or shows what that is.
    """

    question: str
    scope: tuple[str, ...]
    narrowed: tuple[Narrowing, ...]
    items: tuple[SoldUseItem, ...]
    matched: int
    sources: tuple[SourceView, ...]
    customer: str = ""
    counted: tuple[tuple[str, int], ...] = ()
    age: AgeView | None = None
    corrected: tuple[CorrectionView, ...] = ()
    start: int = 0
    fresh: int = 0
    more: MoreButton | None = None
    usage: AskButton | None = None
    sold: AskButton | None = None
    renewals: AskButton | None = None
    digest: AskButton | None = None
    ignored: AskButton | None = None
    again: AskButton | None = None
