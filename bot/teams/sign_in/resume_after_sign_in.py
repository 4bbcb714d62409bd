"""The work after a sign-in: answer the waiting questions, or explain why not.

The answers are posted where the questions were asked. Depends on bot.identity. A question is answered as the person who
asked it, no matter who pressed a button.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from bot.commands.command import Command
from bot.concurrency.backoff import Backoff
from bot.domain.caller_zone import zone_of
from bot.domain.conversation import Caller
from bot.errors import DeliveryError, StoreError
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
from bot.teams.activity.conversation_of import conversation_of
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.promised.reopened_turns import ReopenedTurns
from bot.teams.running.background_turns import BackgroundTurns, BusyError
from bot.teams.turn.answering_port import Answering, Progress
from bot.teams.turn.listeners import SignedInListener
from bot.teams.turn.pending_answer import Promises
from bot.teams.turn.replies import Replies
from bot.teams.turn.turn import Turn
from bot.usage.error_view import error_view
from bot.usage.sentence_result import result_of
from cards.views.answer_views import AccountView, ErrorView, SignInView, View

if TYPE_CHECKING:
    from bot.identity.identity import Identity

log = structlog.get_logger(__name__)


# A sign-in ends once, so what follows it is repeated: after 1, 5 and 20 seconds.
AGAIN = Backoff(first=1.0, longest=20.0, attempts=4, factor=5.0)


@dataclass(frozen=True, slots=True)
class _Waiting:
    question: PendingQuestion
    place: ConversationReference
    turn: Turn
    promise: str


class ResumeAfterSignIn:
    """Answers waiting questions in turns of its own: there is no activity to answer."""

    def __init__(
        self,
        identity: "Identity",
        answers: Answering,
        replies: Replies,
        reopened: ReopenedTurns,
        background: BackgroundTurns,
        signed_in: SignedInListener | None = None,
        promises: Promises | None = None,
        backoff: Backoff = AGAIN,
    ) -> None:
        self._identity = identity
        self._answers = answers
        self._replies = replies
        self._reopened = reopened
        self._background = background
        self._signed_in = signed_in
        self._promises = promises
        self._backoff = backoff

    def resume(self, caller: Caller) -> None:
        """Start to answer the waiting questions of `caller`, who has signed in."""
        self.start(self._resume(caller), caller)
        if self._signed_in is not None:
            self.start(self._signed_in(caller), caller)

    async def resume_missed(self) -> None:
        """Answer the questions of people whose sign-in no process has followed up.

        Raises StoreError.
        """
        for caller in await self._identity.missed():
            log.info("sign_in_followed_up", tenant=caller.key[0])
            self.resume(caller)

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
        waiting = await self._backoff.retry(lambda: self._identity.waiting.look(caller), StoreError)
        found = [each for question in waiting if (each := await self._promised(question, caller)) is not None]
        try:
            taken = await self._take(caller, waiting)
        except StoreError:
            for each in found:
                self._leave(each.promise)
            raise
        await asyncio.gather(*(self._answer(each, caller) for each in found if each.question in taken))
        # Another process took these, and promises them itself.
        await asyncio.gather(*(self._keep(each.promise) for each in found if each.question not in taken))
        places = [each.place for each in found if each.question in taken]
        chats = [chat for place in places if (chat := place.in_private()) is not None]
        if chats and not any(place.asked.is_personal for place in places):  # the sign-in card was in the 1:1 chat
            turn = await self._reopened.turn(chats[-1], places[-1].passing, caller)
            await turn.post(AccountView("answered_there"))

    async def _promised(self, question: PendingQuestion, caller: Caller) -> "_Waiting | None":
        """Return the question with the promise to answer it.

        The promise is made before the question is taken, so that it is not lost with this process. None if the bot may
        not post there any more.
        """
        place = self._reopened.place(question.reference, caller)
        if place is None:
            return None
        turn = await self._reopened.turn(place.asked, place.passing, caller)
        promise = "" if self._promises is None else await self._promises.make(turn, question.text)
        return _Waiting(question, place, turn, promise)

    async def _take(self, caller: Caller, waiting: tuple[PendingQuestion, ...]) -> tuple[PendingQuestion, ...]:
        """Take the questions. If the database took them and lost its answer, they are those that were `waiting`."""
        failed = False

        async def take() -> tuple[PendingQuestion, ...]:
            nonlocal failed
            try:
                return await self._identity.waiting.take(caller)
            except StoreError:
                failed = True
                raise

        return await self._backoff.retry(take, StoreError) or (waiting if failed else ())

    async def _keep(self, promise: str) -> None:
        if self._promises is not None and promise:
            await self._promises.keep(promise)

    def _leave(self, promise: str) -> None:
        if self._promises is not None and promise:
            self._promises.leave(promise)

    async def _answer(self, waiting: "_Waiting", caller: Caller) -> None:
        question, place, turn = waiting.question, waiting.place, waiting.turn
        caller = turn.caller or caller

        async def work(progress: Progress) -> View:
            here = conversation_of(place.asked, caller, turn.words)
            view = await self._answers.answer(question.text, caller, progress, here)
            if isinstance(view, SignInView) and view.problem == "not_signed_in":
                return ErrorView("token_refused")  # another sign-in card would be exchanged silently: an endless loop
            return view

        try:
            await self._replies.post(turn, lambda: question.text, work, waiting.promise)
        except Exception as error:  # noqa: BLE001  # as botbuilder's pipeline does
            await turn.report(error)

    async def _tell(self, caller: Caller, outcome: SignInOutcome | SignInStop) -> None:
        """Report to the caller alone how the sign-in ended. The questions keep waiting."""
        questions = await self._identity.waiting.look(caller)
        places = [
            place for question in questions if (place := self._reopened.place(question.reference, caller)) is not None
        ]
        if places:
            last = places[-1].in_private() or places[-1].asked
            turn = await self._reopened.turn(last, places[-1].passing, caller)
            await turn.post(ending(outcome, questions[-1].text, turn.caller))


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
