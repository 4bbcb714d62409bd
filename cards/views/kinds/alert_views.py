"""The content of the card of an alert. Pure; imports nothing of bot."""

from dataclasses import dataclass
from datetime import date, datetime

from cards.views.button_payload import AskButton
from cards.views.digest_views import ScheduleView
from cards.views.usage_views import Figures, Narrowing


@dataclass(frozen=True, slots=True)
class AlertItem:
    """A line that is over the limit.

    `day` is that of its figures, None if unknown. `before` has the figures when it was last on the other side of the
    limit, None if they are not known. `first`: it was over it at the first check, or is new. `rose`: it came from
    below. `again`: it may have been reported already. `open` asks about the line alone.
    """

    name: str
    now: Figures
    day: date | None = None
    before: Figures | None = None
    before_day: date | None = None
    rose: bool = False
    again: bool = False
    first: bool = False
    open: AskButton | None = None


@dataclass(frozen=True, slots=True)
class AlertView:
    """What an alert found.

    `about` are the names in its question, `limits` what is watched in it, `licenses`: they are a number of licenses.
    `items` are the first of `total` lines to report, each a customer or not (`of_customers`). `back_at` is the limit
    that a line has to reach before it is reported again, None if it has two. `missing` are the first of
    `missing_total` lines without figures, `returned` the first of `returned_total` that have figures again. `blind` is
    a key `alert.blind.<key>`: incomplete, nothing, ended, or "". `over` counts all lines that are over the limit;
    `news`: the lines crossed it since the check before; else a person wanted to know which are over it. `owner` is the
    person with whose permission it was asked.
    `ignored` takes back what is left out of every answer, or shows what that is.
    """

    number: int
    about: tuple[str, ...]
    limits: tuple[Narrowing, ...]
    when: ScheduleView
    owner: str
    licenses: bool = False
    items: tuple[AlertItem, ...] = ()
    total: int = 0
    of_customers: bool = False
    back_at: Narrowing | None = None
    missing: tuple[str, ...] = ()
    missing_total: int = 0
    returned: tuple[str, ...] = ()
    returned_total: int = 0
    blind: str = ""
    over: int = 0
    news: bool = True
    late_for: datetime | None = None
    open: AskButton | None = None
    settings: AskButton | None = None
    ignored: AskButton | None = None
