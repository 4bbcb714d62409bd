"""How an answer gets into the conversation, however long it takes. Knows no HTTP and no protocol of buttons."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.errors import DeliveryError
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.turn.answering_port import LatestProgress, Progress
from bot.teams.turn.turn import Turn
from cards.views.answer_views import ErrorView, ProgressView, SignInView, View

log = structlog.get_logger(__name__)

Invite = Callable[[Turn, SignInView], Awaitable[View | None]]
Work = Callable[[Progress], Awaitable[View]]
LAST_WORDS = 2.0  # seconds for telling the person that the bot stops


class PendingAnswer:
    """A view in the making: `question` for the card that stands in its place, `latest` how far it is."""

    def __init__(self, turn: Turn, question: str, work: Work) -> None:
        self.turn = turn
        self.question = question
        self.latest = LatestProgress()
        self._task = asyncio.ensure_future(work(self.latest))

    @property
    def done(self) -> bool:
        """Whether it is ready."""
        return self._task.done()

    @property
    def working(self) -> ProgressView:
        """What is shown meanwhile."""
        return ProgressView(self.question, self.latest.pages, self.latest.total)

    async def wait(self, seconds: float) -> bool:
        """Wait until it is ready or `seconds` are over; whether it is ready."""
        if not self._task.done():
            await asyncio.wait({self._task}, timeout=seconds)
        return self._task.done()

    def view(self) -> View:
        """The answer; what went wrong, if something did."""
        if self._task.cancelled():
            return ErrorView("deadline")
        error = self._task.exception()
        return self._task.result() if error is None else self.turn.failed(error)

    async def stop(self) -> None:
        """Give it up."""
        if self._task.done():
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


class Replies:
    """Posts answers: at once where they come quickly, else in place of a card that shows the progress."""

    def __init__(self, limits: TurnLimits, invite: Invite | None = None) -> None:
        self._limits = limits
        self._invite = invite

    async def invited(self, turn: Turn, view: View) -> View | None:
        """What is to be said: where somebody has to sign in they are asked to, and None if that says it all.

        Raises DeliveryError.
        """
        if self._invite is None or not isinstance(view, SignInView):
            return view
        return await self._invite(turn, view)

    async def post(self, turn: Turn, question: str, work: Work) -> None:
        """Answer with a new message. Raises DeliveryError."""
        answering = PendingAnswer(turn, question, work)
        try:
            if await answering.wait(self._limits.working_after):
                await self._finish(turn, answering.view(), None)
                return
            await self.follow(answering, await self._show_working(answering))
        finally:
            await answering.stop()

    async def follow(self, answering: PendingAnswer, card_id: str | None) -> None:
        """Keep the card `card_id` up to date until the answer takes its place; without one, post the answer.

        Raises DeliveryError.
        """
        try:
            card_id = await self._keep_up(answering, card_id)
        except asyncio.CancelledError:
            await self._interrupted(answering.turn, card_id)
            raise
        await self._finish(answering.turn, answering.view(), card_id)

    async def _show_working(self, answering: PendingAnswer) -> str | None:
        try:
            return await answering.turn.post(answering.working)
        except DeliveryError as error:
            log.warning("progress_not_shown", problem=str(error))
            return None

    async def _keep_up(self, answering: PendingAnswer, card_id: str | None) -> str | None:
        """The card that is left when the answer is ready: one that cannot be updated is given up."""
        end = asyncio.get_running_loop().time() + self._limits.turn_seconds
        shown = answering.working
        while not await answering.wait(self._limits.update_every):
            if asyncio.get_running_loop().time() >= end:
                await answering.stop()
                break
            if card_id is None or answering.working == shown:
                continue
            shown = answering.working
            try:
                await answering.turn.replace(card_id, shown)
            except DeliveryError as error:
                log.warning("progress_not_shown", problem=str(error))
                card_id = card_id if error.status is None else None
        return card_id

    async def _finish(self, turn: Turn, answer: View, card_id: str | None) -> None:
        view = await self.invited(turn, answer)
        if view is None:  # the sign-in card says it all, but for a card that shows progress
            if card_id is None:
                return
            view = answer
        if card_id is not None:
            try:
                await turn.replace(card_id, view)
            except DeliveryError as error:
                if error.status is None:  # it may be there: a second one would be too many
                    raise
                log.warning("card_not_replaced", problem=str(error))
            else:
                return
        await turn.post(view)

    async def _interrupted(self, turn: Turn, card_id: str | None) -> None:
        if card_id is None:
            return
        try:
            async with asyncio.timeout(LAST_WORDS):
                await turn.replace(card_id, ErrorView("interrupted"))
        except (DeliveryError, TimeoutError) as error:
            log.warning("interruption_not_told", problem=type(error).__name__)
