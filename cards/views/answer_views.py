"""Exactly what each card shows, as data: the handlers fill these, the cards draw them. Pure; imports nothing of bot.

Words a person reads are not in here (cards/locales has them), except names, which are data.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cards.views.button_payload import AskButton, MoreButton
from cards.views.digest_views import DigestNoticeView, DigestSetView, DigestsView, DigestView, ScheduleChoicesView
from cards.views.usage_views import Figures, UsageItem, UsageView

__all__ = [
    "AccessStatusView",
    "AccountView",
    "Choice",
    "ErrorView",
    "Example",
    "Figures",
    "HelloView",
    "HelpView",
    "ListView",
    "NoMatchView",
    "NotUnderstoodView",
    "PickerView",
    "ProgressView",
    "SignInView",
    "UsageItem",
    "UsageView",
    "View",
]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence to try and what it answers (`words` is a locale key). Not `offered`: it changes or erases something,
    so it is typed on purpose and no button says it."""

    text: str
    words: str
    offered: bool = True


@dataclass(frozen=True, slots=True)
class HelpView:
    """What can be asked. `topic` is None for the overview, else a verb."""

    topic: str | None
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class HelloView:
    """A greeting or the welcome after installation (`welcome`), with sentences to try."""

    name: str
    examples: tuple[Example, ...]
    welcome: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a picker: what it stands for, what tells it from its namesakes, and what it asks."""

    name: str
    detail: str | None
    ask: AskButton


@dataclass(frozen=True, slots=True)
class PickerView:
    """Several things are called `typed`: which one? `total` counts them all, `choices` are the best of them."""

    typed: str
    dimension: str
    choices: tuple[Choice, ...]
    total: int


@dataclass(frozen=True, slots=True)
class NoMatchView:
    """Nothing this person can see is called `typed`; `choices` are the nearest."""

    typed: str
    dimension: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class NotUnderstoodView:
    """A text that is no command: `problem` is a locale key, `at` the 0-based offset of `found` in `text`."""

    text: str
    problem: str
    at: int
    found: str
    expected: tuple[str, ...]
    suggestions: tuple[AskButton, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """Customers or workloads this person can see: (name, id), `matched` in all, `more` shows further ones."""

    dimension: str
    search: str | None
    entries: tuple[tuple[str, str], ...]
    matched: int
    more: MoreButton | None = None


@dataclass(frozen=True, slots=True)
class ErrorView:
    """The question could not be answered: `problem` is a locale key `error.<problem>` (what happened, what to do next).

    `values` fill its blanks. `correlation_id` is what Microsoft's support asks for. `again` repeats the question.
    """

    problem: str
    values: Mapping[str, str] = field(default_factory=dict)
    correlation_id: str | None = None
    again: AskButton | None = None


@dataclass(frozen=True, slots=True)
class SignInView(ErrorView):
    """A failure that signing in mends; `question` is answered afterwards.

    `claims` is a challenge (JSON text) the sign-in has to satisfy. `link` leads to a 1:1 chat with the bot, where
    others are reading along and nobody can sign in.
    """

    question: str = ""
    claims: str | None = field(default=None, repr=False)
    link: str | None = None


@dataclass(frozen=True, slots=True)
class AccessStatusView:
    """What Partner Center says of somebody's sign-in: `report` is "shown", "refused" or "unknown".

    Unless it is shown, `why` is the view of what kept it from being so. `second_factor` is None where it does not say.
    """

    report: str
    second_factor: bool | None = None
    why: ErrorView | None = None


@dataclass(frozen=True, slots=True)
class AccountView:
    """As whom somebody is signed in, or what became of it: `state` is one of `cards.answers.account_card.STATES`."""

    state: str
    name: str = ""
    tenant_id: str = ""
    since: date | None = None
    standing: AccessStatusView | None = None


@dataclass(frozen=True, slots=True)
class ProgressView:
    """The answer takes longer: pages fetched so far, out of `total` where it is known."""

    question: str
    pages: int
    total: int | None


View = (
    UsageView
    | HelpView
    | HelloView
    | PickerView
    | NoMatchView
    | NotUnderstoodView
    | ListView
    | ErrorView
    | AccountView
    | ProgressView
    | DigestsView
    | DigestSetView
    | ScheduleChoicesView
    | DigestView
    | DigestNoticeView
)
