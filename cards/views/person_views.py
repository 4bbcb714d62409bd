"""What a person sees in place of an answer, and about their own sign-in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cards.views.button_payload import AskButton, RepeatButton
from cards.views.usage_views import CorrectionView, Narrowing
from cards.views.way_views import Way


@dataclass(frozen=True, slots=True)
class ErrorView:
    """The question could not be answered.

    `problem` is the locale key `error.<problem>`. `values` fill the placeholders of its text. `correlation_id` is for
    Microsoft's support. `again` repeats the question. `corrected` are names of the question that were typed otherwise.
    `ways` lead on. `limits` are those that no row is within; the question has `kept` from the one before it.
    `seats`: it is about sold licenses.
    """

    problem: str
    values: Mapping[str, str] = field(default_factory=dict)
    correlation_id: str | None = None
    again: AskButton | RepeatButton | None = None
    corrected: tuple[CorrectionView, ...] = ()
    ways: tuple[Way, ...] = ()
    limits: tuple[Narrowing, ...] = ()
    kept: tuple[Narrowing, ...] = ()
    seats: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class SignInView(ErrorView):
    """A failure that a sign-in resolves. `question` is answered afterwards.

    `waits`: the person asked it, and not for the sign-in itself.

    `claims` is a challenge (JSON text) that the sign-in has to satisfy. `link` leads to a 1:1 chat with the bot; it is
    set in a shared conversation, in which no sign-in is possible.
    """

    question: str = ""
    claims: str | None = field(default=None, repr=False)
    link: str | None = None
    waits: bool = True


@dataclass(frozen=True, slots=True)
class AccessStatusView:
    """Partner Center's verdict on a sign-in.

    `report` is "shown", "refused" or "unknown". Unless it is "shown", `why` is the view of the reason. `second_factor`
    is None if it is not stated. `in_vain`: there is none, although the sign-in demanded it.
    """

    report: str
    second_factor: bool | None = None
    why: ErrorView | None = None
    in_vain: bool = False


@dataclass(frozen=True, slots=True)
class AccountView:
    """The sign-in of a person, or its end.

    `state` is a key of `cards.answers.account_card.STATES`.
    """

    state: str
    name: str = ""
    tenant_id: str = ""
    since: date | None = None
    standing: AccessStatusView | None = None
