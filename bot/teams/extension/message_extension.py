"""The message extension: customers as a person types, and the card of one.

Teams waits 5 seconds for each reply. What takes longer continues, and the next request finds it.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from bot.commands.command import Name, Usage
from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension, Entry
from bot.errors import StoreError
from bot.identity.entra.sign_in_outcome import Misconfigured, Refused, Tokens, TryLater, as_error
from bot.teams.activity.http_reply import Reply
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.extension import extension_replies as replies
from bot.teams.extension.extension_values import (
    ASK,
    SEARCH,
    ExtensionForm,
    ExtensionQuery,
    checked,
    question_of,
    read,
)
from bot.teams.running.background_turns import BackgroundTurns
from bot.teams.running.limited_wait import within
from bot.teams.sign_in.oauth_card import cause
from bot.teams.turn.answering_port import Answering
from bot.teams.turn.turn import Turn
from bot.usage.command_buttons import PressedButton, ask_button, pressed
from bot.usage.error_view import error_view
from cards.answers.posted_card import as_posted
from cards.answers.question_form_card import WORKLOADS, question_form
from cards.answers.sign_in_card import invitation
from cards.draw import draw, summary
from cards.parts.literal_text import literal
from cards.parts.share_text import preview_in_words
from cards.views.answer_views import ErrorView, NoMatchView, PickerView, SignInView, UsageView, View
from cards.views.button_payload import pack
from cards.views.usage_views import ROWS_ON_CARD, Figures

if TYPE_CHECKING:
    from bot.identity.identity import Identity

QUERY, SELECT, OPEN, SUBMIT = (
    f"composeExtension/{name}" for name in ("query", "selectItem", "fetchTask", "submitAction")
)
NAMES = (QUERY, SELECT, OPEN, SUBMIT)


class MessageExtension:
    """Answers the invokes with `NAMES`; none of them raises.

    `identity` is None if no user signs in. `resume` answers the waiting questions of a person who has signed in.
    """

    def __init__(
        self,
        answers: Answering,
        background: BackgroundTurns,
        limits: TurnLimits,
        identity: "Identity | None",
        resume: Callable[[Caller], None] | None = None,
    ) -> None:
        self._answers = answers
        self._background = background
        self._limits = limits
        self._identity = identity
        self._resume = resume
        self._invokes: Mapping[str, Callable[[Turn, Caller], Awaitable[Reply]]] = {
            QUERY: self._query,
            SELECT: self._selected,
            OPEN: self._opened,
            SUBMIT: self._submitted,
        }

    async def respond(self, turn: Turn) -> Reply:
        """Return the reply to the invoke."""
        answer = self._invokes[turn.incoming.name or ""]
        if turn.caller is None:
            return _told(turn, turn.no_caller)
        if turn.busy:
            return _told(turn, ErrorView("busy"))
        try:
            return await answer(turn, turn.caller)
        except Exception as error:  # noqa: BLE001  # the person reads it in the extension, not in the chat
            return _told(turn, turn.failed(error))

    async def _query(self, turn: Turn, caller: Caller) -> Reply:
        """Return customers, with their figures if these are there in time."""
        asked = read(turn.incoming.value, ExtensionQuery)
        typed = None if asked is None or asked.command_id != SEARCH else asked.typed
        if asked is None or typed is None:
            return _told(turn, ErrorView("expired"))
        if asked.token is not None and (refusal := await self._signed_in(turn, caller, asked.token)) is not None:
            return refusal
        start, end = asked.window
        half = turn.left(self._limits.search_within) / 2
        names = self._answers.complete(Dimension.CUSTOMER, typed, caller, end)
        found = await within(half, names, self._background, caller.object_id)
        if found is None:
            return _told(turn, ErrorView("names_are_loading"))
        if isinstance(found, ErrorView):
            # Teams signs in silently for searches only.
            return await self._refused(turn, caller, found, silent=asked.token is None)
        entries = found[start:]
        if not entries:
            return replies.told(turn.words.say("extension.none", typed=literal(typed)))
        work = self._answers.figures_of(entries, caller)
        figures = await within(half, work, self._background, caller.object_id) or {}
        choices = (_choice(turn, entry, figures.get(entry.id)) for entry in entries)
        return replies.results([each for each in choices if each is not None])

    async def _selected(self, turn: Turn, caller: Caller) -> Reply:
        """Return the usage card of a customer who was chosen among the results."""
        button = pressed(turn.incoming.value)
        if button is None or not isinstance(button.asked, Usage):
            return _told(turn, ErrorView("expired"))
        view = await self._view(turn, button.asked, caller)
        return await self._refused(turn, caller, view) if isinstance(view, ErrorView) else _card(turn, caller, view)

    async def _opened(self, turn: Turn, caller: Caller) -> Reply:
        """Return the form for a question."""
        asked = read(turn.incoming.value, ExtensionForm)
        if asked is None or asked.command_id != ASK:
            return replies.notice(summary(ErrorView("expired"), turn.words))
        return await self._form(turn, caller)

    async def _submitted(self, turn: Turn, caller: Caller) -> Reply:
        """Return the card that a form asks for, or the form with what is wrong."""
        asked = read(turn.incoming.value, ExtensionForm)
        if asked is None or asked.command_id != ASK:
            return replies.notice(summary(ErrorView("expired"), turn.words))
        question = question_of(asked.data)
        if isinstance(question, str):
            return await self._form(turn, caller, turn.words.say(question))
        view = await self._view(turn, question, caller)
        if isinstance(view, UsageView):
            return _card(turn, caller, view)
        if isinstance(view, SignInView):
            return await self._refused(turn, caller, view)
        return await self._form(turn, caller, summary(view, turn.words))

    async def _form(self, turn: Turn, caller: Caller, problem: str = "") -> Reply:
        work = self._answers.complete(Dimension.WORKLOAD, "", caller, WORKLOADS)
        workloads = await within(turn.left(self._limits.search_within), work, self._background, caller.object_id)
        if workloads is None:
            return replies.notice(summary(ErrorView("names_are_loading"), turn.words))
        if isinstance(workloads, SignInView):
            return await self._refused(turn, caller, workloads)
        if isinstance(workloads, ErrorView):
            return replies.notice(summary(workloads, turn.words))
        choices = [(entry.label, entry.id) for entry in workloads]
        return replies.form(question_form(choices, problem, turn.words), turn.words.say("extension.form"))

    async def _view(self, turn: Turn, question: Usage, caller: Caller) -> View:
        """Return the answer; an error that says so if it takes too long."""
        button = PressedButton(question, rows=ROWS_ON_CARD, replace=True)
        work = self._answers.press(button, caller)
        view = await within(turn.left(self._limits.search_within), work, self._background, caller.object_id)
        return ErrorView("answer_is_loading") if view is None else view

    async def _signed_in(self, turn: Turn, caller: Caller, token: str) -> Reply | None:
        """Sign the caller in with their token. Return the reply if that failed."""
        if self._identity is None:
            return None
        work = self._identity.accept(caller, token)
        exchanged = await within(turn.left(self._limits.search_within), work, self._background, caller.object_id)
        if exchanged is None:
            return _told(turn, ErrorView("names_are_loading"))
        if isinstance(exchanged.outcome, Tokens):
            if self._resume is not None:
                self._resume(caller)
            return None
        if isinstance(exchanged.outcome, TryLater | Refused | Misconfigured):  # the button would not help
            return _told(turn, error_view(as_error(exchanged.outcome), None))
        return Reply(412)

    async def _refused(self, turn: Turn, caller: Caller, view: ErrorView, *, silent: bool = False) -> Reply:
        """Return the words of an error, or the sign-in that it asks for: `silent` if that may do."""
        if not isinstance(view, SignInView) or self._identity is None:
            return _told(turn, view)
        try:
            offer = await self._identity.ask(caller, cause(view))
        except StoreError:
            return _told(turn, ErrorView("store_down"))
        return replies.sign_in_at(offer.url, invitation(view, turn.words)[1], silent=silent and offer.silent)


def _told(turn: Turn, view: ErrorView) -> Reply:
    return replies.told(summary(view, turn.words))


def _choice(turn: Turn, entry: Entry, figures: Figures | None) -> replies.Attachment | None:
    """Return the result; None for a customer about whom no button can ask."""
    question = checked(Usage(customers=(Name(entry.id),)))
    if question is None:
        return None
    return replies.choice(literal(entry.label), preview_in_words(figures, turn.words), pack(ask_button(question)))


def _card(turn: Turn, caller: Caller, view: View) -> Reply:
    """Return the card for any chat: without buttons, because the bot need not be there."""
    if not isinstance(view, UsageView):
        asked = isinstance(view, PickerView | NoMatchView)
        return _told(turn, ErrorView("not_found_here") if asked else ErrorView("expired"))
    said = summary(view, turn.words)
    by = turn.words.say("extension.seen_by", name=literal(caller.name)) if caller.name else ""
    card = as_posted(draw(view, turn.words), by)
    return replies.results([replies.card_attachment(card, literal(view.question or said), said)])
