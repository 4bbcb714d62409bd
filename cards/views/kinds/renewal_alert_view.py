"""The content of the card of an alert about renewals.

Pure; imports nothing of bot.
"""

from dataclasses import dataclass
from datetime import datetime

from cards.views.button_payload import AskButton
from cards.views.digest_views import ScheduleView
from cards.views.kinds.selling_views import RenewalItem, SourceView
from cards.views.usage_views import Narrowing


@dataclass(frozen=True, slots=True)
class RenewalAlertItem:
    """A subscription that ends soon, with the numbers of its product.

    `again`: it may have been reported already.
    """

    item: RenewalItem
    again: bool = False


@dataclass(frozen=True, slots=True)
class RenewalAlertView:
    """What an alert about renewals found.

    `about` are the names in its question, `limits` its conditions. It is about what ends within `ahead` days, and
    `renewing` is auto, off or "" for both. `items` are the first of `total` subscriptions. `missing` are the first of
    `missing_total` of which it is not known whether the condition holds. `blind` is a key `alert.renewals.<key>`:
    unread, partly_unread, ended, or "". `counted` are numbers with a key `sold.counted.<reason>`. `news`: the
    subscriptions were not reported before; else a person wanted to know which there are. `owner` is the person with
    whose permission it was asked.
    `ignored` takes back what is left out of every answer, or shows what that is.
    """

    number: int
    about: tuple[str, ...]
    limits: tuple[Narrowing, ...]
    ahead: int
    when: ScheduleView
    owner: str
    renewing: str = ""
    items: tuple[RenewalAlertItem, ...] = ()
    total: int = 0
    missing: tuple[str, ...] = ()
    missing_total: int = 0
    blind: str = ""
    sources: tuple[SourceView, ...] = ()
    counted: tuple[tuple[str, int], ...] = ()
    news: bool = True
    late_for: datetime | None = None
    open: AskButton | None = None
    settings: AskButton | None = None
    ignored: AskButton | None = None
