"""The work after a sign-in: answer the waiting questions, or explain why not.

The answers are posted where the questions were asked. Depends on bot.identity. A question is answered as the person who
asked it, no matter who pressed a button.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from bot.commands.command import Command
from bot.domain.caller_zone import zone_of
from bot.domain.conversation import Caller
from bot.errors import DeliveryError, PlaceRefusedError, StoreError
from bot.identity.entra.sign_in_outcome import (
    ConsentNeeded,
    Declined,
    OtherPerson,
    SignInOutcome,
    SignInStop,
    Tokens,
    as_error,
)
from bot.identity.sign_in.pending_questions import PendingQuestion
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.text.reading_effort import STEPS_AT_ONCE
from bot.names.offline_names import OFFLINE_SPANS
from bot.teams.activity.activity_caller import locale_of
from bot.teams.activity.conversation_of import conversation_of
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.auth.reference_check import check_reference
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.turn.answering_port import Answering, Progress
from bot.teams.turn.background_turns import BackgroundTurns, BusyError
from bot.teams.turn.card_renderer import CardRenderer
from bot.teams.turn.listeners import SignedInListener
from bot.teams.turn.message_sender import OpenSender
from bot.teams.turn.replies import Replies
from bot.teams.turn.turn import Aside, Turn
from bot.usage.error_view import error_view
from bot.usage.sentence_result import result_of
from cards.views.answer_views import AccountView, ErrorView, SignInView, View

if TYPE_CHECKING:
    from bot.identity.identity import Identity

log = structlog.get_logger(__name__)


class ResumeAfterSignIn:
    """Answers waiting questions in turns of its own: there is no activity to answer."""

    def __init__(
        self,
        identity: "Identity",
        answers: Answering,
        replies: Replies,
        open_sender: OpenSender,
        background: BackgroundTurns,
        settings: TeamsSettings,
        aside: Aside,
        signed_in: SignedInListener | None = None,
    ) -> None:
        self._identity = identity
        self._answers = answers
        self._replies = replies
        self._open_sender = open_sender
        self._background = background
        self._settings = settings
        self._aside = aside
        self._signed_in = signed_in
        self._drawing = CardRenderer()

    def resume(self, caller: Caller) -> None:
        """Start to answer the waiting questions of `caller`, who has signed in."""
        self.start(self._resume(caller), caller)
        if self._signed_in is not None:
            self.start(self._signed_in(caller), caller)

    async def ended(self, caller: Caller, outcome: SignInOutcome | SignInStop) -> None:
        """Handle the end of a sign-in on the page; `caller` is the person in the chat."""
        if isinstance(outcome, Tokens):
            self.resume(caller)
        elif outcome is not SignInStop.EXPIRED:  # a second tab, or an old link: the page has shown this already
            self.start(self._tell(caller, outcome), caller)

    def start(self, work: Awaitable[None], caller: Caller) -> None:
        """Run `work` as one of the bot's turns. Its failures are logged."""

        async def guarded() -> None:
            try:
                await work
            except (StoreError, DeliveryError) as error:
                log.warning("sign_in_follow_up_failed", problem=str(error))

        try:
            self._background.start(guarded(), caller.object_id)
        except BusyError as error:
            if asyncio.iscoroutine(work):
                work.close()
            log.warning("sign_in_follow_up_failed", problem=str(error))

    async def _resume(self, caller: Caller) -> None:
        questions = await self._identity.waiting.take(caller)
        found = [(question, place) for question in questions if (place := self._place(question, caller)) is not None]
        await asyncio.gather(*(self._answer(question, place, caller) for question, place in found))
        chats = [chat for _, place in found if (chat := place.in_private()) is not None]
        if chats and not any(place.asked.is_personal for _, place in found):  # the sign-in card was in the 1:1 chat
            await (await self._turn(chats[-1], found[-1][1].passing, caller)).post(AccountView("answered_there"))

    async def _answer(self, question: PendingQuestion, place: ConversationReference, caller: Caller) -> None:
        turn = await self._turn(place.asked, place.passing, caller)
        caller = turn.caller or caller

        async def work(progress: Progress) -> View:
            here = conversation_of(place.asked, caller, turn.words)
            view = await self._answers.answer(question.text, caller, progress, here)
            if isinstance(view, SignInView) and view.problem == "not_signed_in":
                return ErrorView("token_refused")  # another sign-in card would be exchanged silently: an endless loop
            return view

        try:
            await self._replies.post(turn, lambda: question.text, work)
        except Exception as error:  # noqa: BLE001  # as botbuilder's pipeline does
            await turn.report(error)

    async def _tell(self, caller: Caller, outcome: SignInOutcome | SignInStop) -> None:
        """Report to the caller alone how the sign-in ended. The questions keep waiting."""
        questions = await self._identity.waiting.look(caller)
        places = [place for question in questions if (place := self._place(question, caller)) is not None]
        if places:
            last = places[-1].in_private() or places[-1].asked
            turn = await self._turn(last, places[-1].passing, caller)
            await turn.post(ending(outcome, questions[-1].text, turn.caller))

    def _place(self, question: PendingQuestion, caller: Caller) -> ConversationReference | None:
        """Return the conversation reference of `question`; None if the bot may not post there any more."""
        try:
            return check_reference(question.reference, self._settings, caller.key)
        except PlaceRefusedError as error:
            log.warning("conversation_reference_refused", tenant=caller.key[0], problem=str(error))
            return None

    async def _turn(self, asked: IncomingActivity, passing: str, caller: Caller) -> Turn:
        """Return the turn, in the language `passing` of what was asked.

        The person may have chosen another one since.
        """
        caller = replace(caller, locale=locale_of(asked), client="")  # the sign-in may come from another client
        found = await self._answers.locale_of(caller, mark=passing)
        caller = found.of(caller)
        words = self._drawing.words(caller.locale)
        sender = self._open_sender(asked, words.locale)
        return Turn(asked, sender, words, self._drawing, caller, self._aside, passing=found.passing)


def asked_again(question: str | None, caller: Caller | None) -> Command | None:
    """Return the command that a waiting question is, None if it is none.

    It is read without the names that `caller`, who asked it, can see. Days like "yesterday" are of the caller's zone. A
    question that takes long to read is None.
    """
    if question is None:
        return None
    reader = SentenceReader(OFFLINE_SPANS, datetime.now(zone_of(caller)), STEPS_AT_ONCE)
    found = result_of(reader.read(question, ENGLISH if caller is None else caller.locale), question)
    return found if isinstance(found, Command) else None


def ending(outcome: SignInOutcome | SignInStop, question: str | None = None, caller: Caller | None = None) -> View:
    """Return the message about the end of a sign-in.

    `question` of `caller` is offered again if asking again may help.
    """
    match outcome:
        case SignInStop():
            return ErrorView("other_browser")
        case OtherPerson(name):
            return ErrorView("other_person", {"name": name or "?"})
        case ConsentNeeded(admin=True):
            return ErrorView("admin_consent")
        case Declined() | ConsentNeeded():
            return ErrorView("declined")
        case Tokens():
            return AccountView("signed_in", outcome.name)
        case _:
            locale = ENGLISH if caller is None else caller.locale
            return error_view(as_error(outcome), asked_again(question, caller), locale)
