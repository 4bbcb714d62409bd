"""The content of each card, as data.

The handlers fill the views, the cards draw them. Pure; imports nothing of bot. Views contain no texts for people (these
are in cards/locales), except names, which are data.
"""

from dataclasses import dataclass

from cards.views.audience_views import AudienceView, PrivateNoteView
from cards.views.button_payload import AskButton, FillButton, MoreButton
from cards.views.digest_form_views import DigestFormView, DigestSettingsView
from cards.views.digest_views import (
    ConfirmDigestsView,
    DigestNoticeView,
    DigestSetView,
    DigestsSetView,
    DigestsView,
    DigestView,
)
from cards.views.export_views import FileLinkView, FileNoteView, FileOfferView, FileSavedView
from cards.views.form_payload import FormButton
from cards.views.help_views import Example, HelloView, HelpView
from cards.views.kinds.alert_views import AlertView
from cards.views.kinds.kind_digest_view import KindDigestView
from cards.views.kinds.renewal_alert_view import RenewalAlertView
from cards.views.kinds.seats_view import SeatsView
from cards.views.kinds.selling_views import CallsView, RenewalsView
from cards.views.kinds.sold_use_view import SoldUseView
from cards.views.kinds.trend_view import TrendView
from cards.views.person_views import AccessStatusView, AccountView, ErrorView, SignInView
from cards.views.personal.ignored_view import IgnoredView
from cards.views.personal.own_list_view import OwnListView
from cards.views.progress.progress_views import CancelledView, ProgressView
from cards.views.usage_views import Figures, ShapeView, UsageItem, UsageView
from cards.views.way_views import Way

ENTRIES_AT_FIRST = 15
ENTRIES_ON_CARD = 120  # more than this never fit

__all__ = [
    "ENTRIES_AT_FIRST",
    "ENTRIES_ON_CARD",
    "AccessStatusView",
    "AccountView",
    "CancelledView",
    "Choice",
    "ConfirmView",
    "ErrorView",
    "Example",
    "Figures",
    "HelloView",
    "HelpView",
    "LanguageChoice",
    "LanguageView",
    "ListView",
    "NoMatchView",
    "NotUnderstoodView",
    "PickerView",
    "ProgressView",
    "ShapeView",
    "SignInView",
    "Suggestion",
    "UsageItem",
    "UsageView",
    "View",
]


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a picker.

    Its name, the detail that distinguishes equal names, and what it asks.
    """

    name: str
    detail: str | None
    ask: AskButton


@dataclass(frozen=True, slots=True)
class PickerView:
    """Several entries match `typed`.

    `total` counts them all, `choices` are the best of them. `other` asks with another name, which the person types.
    """

    typed: str
    dimension: str
    choices: tuple[Choice, ...]
    total: int
    other: FillButton | None = None


@dataclass(frozen=True, slots=True)
class NoMatchView:
    """No entry that this person can see matches `typed`.

    `choices` are the most similar. `other` asks with another name, which the person types. `ways` lead on.
    """

    typed: str
    dimension: str
    choices: tuple[Choice, ...]
    other: FillButton | None = None
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence that would be understood, and the button that asks it."""

    text: str
    ask: AskButton


@dataclass(frozen=True, slots=True)
class NotUnderstoodView:
    """A text that is not a command.

    `problem` is a locale key, `at` the 0-based offset of `found` in `text`. `understood` are the facts that were
    understood. `other` asks with a name, which the person types; None if a name is no answer. `ways` lead on. `day`
    asks for the day that the person chooses. `proposal` is what a language model takes the text for. `seats` are the
    sold licenses of a product whose use is not known.
    """

    text: str
    problem: str
    at: int
    found: str
    suggestions: tuple[Suggestion, ...]
    understood: tuple[str, ...] = ()
    other: FillButton | None = None
    ways: tuple[Way, ...] = ()
    day: FormButton | None = None
    proposal: Suggestion | None = None
    seats: SeatsView | None = None


@dataclass(frozen=True, slots=True)
class ListView:
    """Customers or workloads that this person can see: (name, id), `matched` in all.

    The first of `entries` has position `start` (from 0), those from `fresh` were not shown before. `more` has the
    command that shows further ones. `asks` has what each entry asks when it is tapped; `other` asks about another name,
    which the person types.
    """

    dimension: str
    search: str | None
    entries: tuple[tuple[str, str], ...]
    matched: int
    more: MoreButton | None = None
    start: int = 0
    fresh: int = 0
    asks: tuple[AskButton, ...] = ()
    other: FillButton | None = None


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """A language that can be chosen: its code, and the button that chooses it."""

    code: str
    ask: AskButton


@dataclass(frozen=True, slots=True)
class LanguageView:
    """The language in which the sentences of a person are read first.

    `state` is a key of `cards.answers.language_card.STATES`, `used` the code of the language.
    """

    state: str
    used: str
    others: tuple[LanguageChoice, ...]


@dataclass(frozen=True, slots=True)
class ConfirmView:
    """The bot asks before it changes something.

    `reason` is a key of `cards.answers.confirm_card.REASONS`. `what` is the sentence of the command, `who` the name of
    the person as whom it is carried out, `where` the kind of the conversation ("" where it does not matter). `owner` is
    whose digest it is, if it is another person's. `confirm` carries it out; without it, nothing is changed.
    """

    reason: str
    what: str
    who: str
    confirm: AskButton | None = None
    where: str = ""
    owner: str = ""


View = (
    UsageView
    | ShapeView
    | HelpView
    | HelloView
    | PickerView
    | NoMatchView
    | NotUnderstoodView
    | ListView
    | ErrorView
    | AccountView
    | LanguageView
    | OwnListView
    | IgnoredView
    | ConfirmView
    | ProgressView
    | CancelledView
    | AudienceView
    | PrivateNoteView
    | FileOfferView
    | FileLinkView
    | FileSavedView
    | FileNoteView
    | DigestsView
    | DigestFormView
    | DigestSettingsView
    | DigestSetView
    | DigestsSetView
    | ConfirmDigestsView
    | DigestView
    | KindDigestView
    | TrendView
    | RenewalsView
    | CallsView
    | SoldUseView
    | DigestNoticeView
    | AlertView
    | RenewalAlertView
)
