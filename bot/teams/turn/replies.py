"""The posting of answers, however long they take.

Does not depend on HTTP or the protocol of buttons.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.errors import DeliveryError
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.running.open_answers import OpenAnswers
from bot.teams.turn.pending_answer import PendingAnswer, Promises, ShownProgress, Work, cancelled, interrupted
from bot.teams.turn.turn import Audience, Turn
from cards.views.answer_views import ProgressView, SignInView, View
from cards.views.export_views import FileOfferView, FileSavedView

log = structlog.get_logger(__name__)

Invite = Callable[[Turn, SignInView], Awaitable[View | None]]
NOTICE_SECONDS = 2.0  # seconds in which the person is notified that the bot stops


class Replies:
    """Posts answers: a quick one at once, a slow one in place of a progress card."""

    def __init__(
        self,
        limits: TurnLimits,
        invite: Invite | None = None,
        audience: Audience | None = None,
        promises: Promises | None = None,
        open_answers: OpenAnswers | None = None,
    ) -> None:
        self._limits = limits
        self._open = open_answers
        self._invite = invite
        self._audience = audience
        self._promises = promises

    def people_came(self) -> None:
        """Handle that a conversation or a team has new members, who may read answers."""
        if self._audience is not None:
            self._audience.people_came()

    async def invited(self, turn: Turn, view: View) -> View | None:
        """Return what to post for `view`. If the caller has to sign in, ask them to.

        Return None if the sign-in card is all that is needed. Raises DeliveryError.
        """
        if self._invite is None or not isinstance(view, SignInView):
            return view
        return await self._invite(turn, view)

    def begin(self, turn: Turn, question: Callable[[], str], work: Work, promise: str = "") -> PendingAnswer:
        """Begin to prepare an answer, which its person can cancel."""
        return PendingAnswer(turn, question, work, promise, self._open)

    async def post(self, turn: Turn, question: Callable[[], str], work: Work, promise: str = "") -> None:
        """Answer with a new message. Raises DeliveryError.

        `promise` is the key of the promise, if it was made already.
        """
        answering = self.begin(turn, question, work, promise)
        progress = ShownProgress()
        try:
            if not await self._quick(answering):
                await self._announce(answering, progress)
            await self._end(answering, progress)
        finally:
            await answering.stop()

    async def _quick(self, answering: PendingAnswer) -> bool:
        """Wait until a progress card is due; before that, typing is shown. Return True if the answer is ready."""
        first, rest = self._limits.typing_after, self._limits.working_after - self._limits.typing_after
        if rest <= 0:
            return await answering.wait(self._limits.working_after)
        if await answering.wait(first):
            return True
        await answering.turn.show_typing()
        return await answering.wait(rest)

    async def follow(self, answering: PendingAnswer, card_id: str | None) -> None:
        """Update the progress card `card_id` until the answer replaces it.

        It shows the progress as it is when the answer is promised. Without a card, post the answer. Raises
        DeliveryError.
        """
        await self._promise(answering, card_id or "")
        await self._end(answering, ShownProgress(card_id, answering.working))

    async def _announce(self, answering: PendingAnswer, progress: ShownProgress) -> None:
        """Promise the answer, and show that.

        What cannot be promised now is not shown: after a crash the card would stay for good.
        """
        if not await self._promise(answering, ""):
            return
        progress.view = answering.working
        progress.card_id = await self._show_working(answering.turn, progress.view)
        if self._promises is not None and progress.card_id:
            await self._promises.show(answering.promise, progress.card_id)

    async def _promise(self, answering: PendingAnswer, card_id: str) -> bool:
        """Write the promise down, unless it is.

        Return True if a crash does not lose the answer, or nothing can be written down.
        """
        if self._promises is not None and not answering.promise:
            answering.promise = await self._promises.make(answering.turn, answering.question, card_id)
        if self._promises is None or answering.promise:
            answering.turn.answer.promised()
        return answering.turn.answer.is_secured

    async def _end(self, answering: PendingAnswer, progress: ShownProgress) -> None:
        """Wait for the answer, which ends the card and the promise. Raises DeliveryError."""
        kept = True
        try:
            await self._keep_up(answering, progress)
            await self._finish(answering, progress.card_id)
        except asyncio.CancelledError:
            kept = await self._interrupted(answering, progress.card_id)
            raise
        except DeliveryError as error:
            # A message whose fate is unknown may be there; a card whose fate is unknown may still say "Working on it".
            kept = progress.card_id is None and error.may_be_there
            if error.is_passing:  # its person can be asked to ask again when the connector is back
                await self._promise(answering, progress.card_id or "")
            raise
        finally:
            if self._promises is not None and answering.promise:
                await self._promises.keep(answering.promise) if kept else self._promises.leave(answering.promise)

    async def _show_working(self, turn: Turn, shown: ProgressView) -> str | None:
        try:
            return await turn.post(shown)
        except DeliveryError as error:
            log.warning("progress_not_shown", problem=str(error))
            return None

    async def _keep_up(self, answering: PendingAnswer, progress: ShownProgress) -> None:
        """Update the card until the answer is ready, or the connector refuses it."""
        end = asyncio.get_running_loop().time() + self._limits.turn_seconds
        refused = False
        while not await answering.wait(self._limits.update_every):
            if asyncio.get_running_loop().time() >= end:
                await answering.stop()
                break
            if progress.view is None:
                await self._announce(answering, progress)
                continue
            await self._promise(answering, progress.card_id or "")  # the database may have been away
            if progress.card_id is None or refused or answering.working == progress.view:
                continue
            progress.view = answering.working
            try:
                await answering.turn.replace(progress.card_id, progress.view)
            except DeliveryError as error:
                log.warning("progress_not_shown", problem=str(error))
                refused = error.status is not None

    async def _finish(self, answering: PendingAnswer, card_id: str | None) -> None:
        """Post the answer, in place of the progress card if there is one: that card always ends."""
        try:
            await self._deliver(answering, card_id)
            answering.turn.answer.delivered()
        except Exception as error:
            may_be_there = isinstance(error, DeliveryError) and error.status is None
            if may_be_there or card_id is None:  # the answer may have been posted: do not post it twice
                raise
            await answering.turn.replace(card_id, answering.turn.failed(error))

    async def _deliver(self, answering: PendingAnswer, card_id: str | None) -> None:
        turn = answering.turn
        if answering.was_cancelled:
            log.info("answer_cancelled", shown=card_id is not None)
        view = await self.invited(turn, answering.view())
        if view is None:  # the sign-in card is enough
            if card_id is not None:
                await turn.clear(card_id)
            return
        if self._audience is not None:
            turn, view = await self._audience.before(turn, view, answering.question)
        if card_id is None:
            await turn.post(view)
        elif isinstance(view, FileOfferView | FileSavedView):
            await self._post_instead(turn, view, card_id)
        else:
            await self._put(turn, view, card_id)

    async def _put(self, turn: Turn, view: View, card_id: str) -> None:
        try:
            await self._replace(turn, view, card_id)
        except DeliveryError as error:
            if error.status is None:
                raise
            log.warning("card_not_replaced", problem=str(error))
            await self._post_instead(turn, view, card_id)

    async def _replace(self, turn: Turn, view: View, card_id: str) -> None:
        """Replace the card, once more if it is not known whether that was done: twice is as once."""
        try:
            await turn.replace(card_id, view)
        except DeliveryError as error:
            if error.status is not None or not turn.may_replace(view):
                raise
            log.warning("card_not_replaced", problem=str(error))
            await turn.replace(card_id, view)

    async def _post_instead(self, turn: Turn, view: View, card_id: str) -> None:
        """Post a new message, and delete the progress card.

        So goes a card that Teams draws itself, too: nothing says that it may take the place of another.
        """
        await turn.post(view)
        await turn.clear(card_id)

    async def _interrupted(self, answering: PendingAnswer, card_id: str | None) -> bool:
        """Say on the card that the bot stops. Return False if that is left to its next process."""
        if card_id is None:
            return False
        try:
            async with asyncio.timeout(NOTICE_SECONDS):
                await answering.turn.replace(card_id, _ended(answering))
        except (DeliveryError, TimeoutError) as error:
            log.warning("interruption_notice_not_delivered", problem=type(error).__name__)
            return False
        return True


def _ended(answering: PendingAnswer) -> View:
    """Return what is in place of the answer when the bot stops."""
    return cancelled(answering.question) if answering.was_cancelled else interrupted(answering.question)
