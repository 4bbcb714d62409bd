"""Exactly what the usage card shows. Pure; imports nothing of bot."""

from dataclasses import dataclass
from datetime import date

from cards.views.button_payload import AskButton, MoreButton


@dataclass(frozen=True, slots=True)
class Figures:
    """Active against qualified licenses; `share` is a fraction, None where nobody qualifies ("n/a")."""

    active: int
    qualified: int

    @property
    def share(self) -> float | None:
        """Active per qualified, never clamped."""
        return self.active / self.qualified if self.qualified else None


@dataclass(frozen=True, slots=True)
class UsageItem:
    """A row of the usage card: what it stands for, what sets it apart (a product under a workload), its figures."""

    name: str
    detail: str | None
    figures: Figures


@dataclass(frozen=True, slots=True)
class ServiceDateView:
    """The day a service's figures were processed."""

    service: str
    day: date


@dataclass(frozen=True, slots=True)
class UsageView:
    """The answer to a usage question.

    `scope` names what was asked about, customer and the like first ("TEST COMPANY", "Exchange"); empty for everything.
    `items` are the rows to show, out of `matched`; `more` fetches further ones. `total` sums all rows of the answer.
    `selected`: the rows were picked by their share (top, below …), so `total` is not that of the whole scope.
    `remarks` are keys `remark.<key>` of the locale. `question` is the canonical sentence that was answered. `digest`
    asks to have it answered again and again (None where nothing can be posted later).
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
