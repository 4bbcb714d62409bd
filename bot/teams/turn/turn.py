"""A turn: one activity being answered, with its caller, language and sender."""

import asyncio
import traceback
import uuid
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from bot.domain.conversation import Caller
from bot.errors import DeliveryError
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.activity.outgoing_activity import typing
from bot.teams.activity.private_buttons import Privacy
from bot.teams.running.secured_answer import SecuredAnswer
from bot.teams.turn.card_renderer import CardRenderer, RenderedCard
from bot.teams.turn.message_sender import MessageSender
from bot.teams.turn.public_views import is_for_everybody
from cards.views.answer_views import ErrorView, LanguageView, View
from cards.wording.locale_words import LocaleWords

log = structlog.get_logger(__name__)

TYPING_SECONDS = 1.0  # seconds that the sign of an answer may take: the answer itself waits meanwhile


class Aside(Protocol):
    """The port for what only the caller of a turn reads.

    bot.teams.audience implements it.
    """

    async def post(self, turn: "Turn", view: View) -> str | None:
        """Post `view` for the caller alone.

        Return its id if it is in the conversation of the turn. Raises DeliveryError.
        """
        ...


class Audience(Protocol):
    """The port that decides who reads an answer; bot.teams.audience implements it."""

    async def before(self, turn: "Turn", view: View, question: str) -> "tuple[Turn, View]":
        """Return what to post in place of `view`, and the turn that posts it.

        `view` answers `question`.
        """
        ...

    def people_came(self) -> None:
        """Forget who is where: there are new members."""
        ...


@dataclass(frozen=True, slots=True)
class Turn:
    """One activity that is being answered.

    `caller` is None if Teams does not name them, or if they are of another tenant than the channel. `busy` is True if
    too many turns are running. `aside` takes what others here must not read: with `alone` everything, because the
    caller pressed a button on a card that they see in a view of their own. `passing`: the language is that of what the
    person wrote, not of the person. `since` is when Teams asked, on the clock of the event loop; None if it did not.
    `answer` says whether a crash can still lose the answer. `taken_over`: a process that died had the activity before,
    and may have answered it.
    """

    incoming: IncomingActivity
    sender: MessageSender
    words: LocaleWords
    drawing: CardRenderer
    caller: Caller | None
    aside: Aside
    busy: bool = False
    alone: bool = False
    passing: bool = False
    since: float | None = None
    answer: SecuredAnswer = field(default_factory=SecuredAnswer, compare=False)
    taken_over: bool = False

    def left(self, seconds: float) -> float:
        """Return what is left of `seconds` since Teams asked."""
        return seconds if self.since is None else self.since + seconds - asyncio.get_running_loop().time()

    @property
    def no_caller(self) -> ErrorView:
        """The message if `caller` is None."""
        if self.incoming.crosses_tenants:
            return ErrorView("other_organization")
        return ErrorView("unidentified")

    def is_for_caller(self, view: View) -> bool:
        """Return True if `view` is for the caller alone, although others read here."""
        if self.incoming.is_personal:
            return False
        return self.alone or self.incoming.is_private or not is_for_everybody(view, self.incoming.type)

    def may_replace(self, view: View) -> bool:
        """Return True if `view` may take the place of a message."""
        return self.incoming.is_private or not self.is_for_caller(view)

    def draw(self, view: View, privacy: Privacy | None = None) -> RenderedCard:
        """Return the card of `view` in the reader's language.

        `privacy` says who sees it; None if the activity does.
        """
        if privacy is None:
            privacy = Privacy.ANSWERS if self.incoming.is_private else Privacy.NONE
        words, passing = self.words, self.passing
        if isinstance(view, LanguageView) and view.state == "changed":  # the first answer in the language
            words, passing = self.drawing.words(view.used), False
        return self.drawing.draw(view, words, self.caller, privacy, passing=passing)

    async def post(self, view: View) -> str | None:
        """Post a new message in the thread and return its id. Raises DeliveryError.

        What is for the caller alone goes aside. If the connector refuses the card, its plain-text fallback is posted,
        so that the person gets an answer.
        """
        if self.is_for_caller(view):
            return await self.aside.post(self, view)
        return await self.draw(view).send_to(self.sender)

    async def show_typing(self) -> None:
        """Show that an answer is coming, in chats: a channel does not draw it.

        Raises nothing.
        https://learn.microsoft.com/en-us/azure/bot-service/bot-builder-howto-send-messages#send-a-typing-indicator
        """
        if self.alone or self.incoming.is_in_channel:
            return
        try:
            async with asyncio.timeout(TYPING_SECONDS):
                await self.sender.send(typing())
        except (DeliveryError, TimeoutError) as error:
            log.info("typing_not_shown", problem=str(error) or type(error).__name__)

    async def replace(self, message_id: str, view: View) -> None:
        """Put `view` in the place of an earlier message. Raises DeliveryError.

        What is for the caller alone takes no place that everybody sees: the earlier message is deleted.
        """
        if not self.may_replace(view):
            await self.aside.post(self, view)
            await self.clear(message_id)
            return
        await self.draw(view).replace(self.sender, message_id)

    async def clear(self, message_id: str) -> None:
        """Delete an earlier message of the bot, if Teams lets it. Raises nothing."""
        try:
            await self.sender.remove(message_id)
        except DeliveryError as error:
            log.warning("card_not_replaced", problem=str(error))

    def failed(self, error: BaseException) -> ErrorView:
        """Log a defect of the bot and return the message about it.

        The message holds a reference; the log entry holds the same reference and the reason.
        """
        reference = uuid.uuid4().hex[:8]
        # The traceback is logged as text: a renderer of tracebacks would show local variables, such as tokens.
        trace = "".join(traceback.format_exception(error))
        log.error("turn_failed", reference=reference, activity=self.incoming.type, trace=trace)
        return ErrorView("internal", {"reference": reference}, correlation_id=reference)

    async def report(self, error: Exception) -> None:
        """Log the error that ended the turn and notify the person. Raises nothing.

        After a DeliveryError the person is not notified, because sending is what failed.
        """
        if isinstance(error, DeliveryError):
            self._undelivered(error)
            return
        view = self.failed(error)
        try:
            await self.post(view)
        except DeliveryError as failure:
            self._undelivered(failure)
        except Exception as problem:  # noqa: BLE001  # the person cannot be notified any more
            log.warning("failure_notice_not_delivered", problem=type(problem).__name__, activity=self.incoming.type)

    def _undelivered(self, error: DeliveryError) -> None:
        log.warning("answer_not_delivered", status=error.status, problem=str(error), activity=self.incoming.type)
