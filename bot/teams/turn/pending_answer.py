"""An answer that is being prepared, with what is promised and shown meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from secrets import token_hex
from typing import Protocol

from bot.teams.running.open_answers import OpenAnswers, Person
from bot.teams.turn.answering_port import LatestProgress, Progress
from bot.teams.turn.turn import Turn
from cards.views.answer_views import CancelledView, ErrorView, ProgressView, View
from cards.views.button_payload import RepeatButton, pack, unpack
from cards.views.progress.cancel_payload import CancelButton

CHANGE_SECONDS = 2.0  # seconds in which a change that has begun may end, see bot.concurrency.whole_change
Work = Callable[[Progress], Awaitable[View]]


class Promises(Protocol):
    """The port that writes promised answers down for another process.

    No method raises.
    """

    async def make(self, turn: Turn, question: str, card: str = "") -> str:
        """Write down that `question` will be answered.

        Return the key; "" if that is not possible. `card` is the message that says so.
        """
        ...

    async def show(self, key: str, card: str) -> None:
        """Note which message makes the promise."""
        ...

    async def keep(self, key: str) -> None:
        """Delete the promise, because its question is answered."""
        ...

    def leave(self, key: str) -> None:
        """Leave the promise to another process."""
        ...


def interrupted(question: str) -> ErrorView:
    """Return the message that the bot was stopped before the answer.

    It has a button that asks `question` again.
    """
    return ErrorView("interrupted", again=_again(question))


def cancelled(question: str) -> CancelledView:
    """Return the message that the person has cancelled `question`.

    It has a button that asks it again.
    """
    return CancelledView(question, _again(question))


def _again(question: str) -> RepeatButton | None:
    button = RepeatButton(question)
    return button if unpack(pack(button)) == button else None


class PendingAnswer:
    """An answer that is being prepared.

    `question` returns the sentence for the progress card, `latest` is the progress, `promise` the key of the promise
    ("" if there is none). Its person may cancel it while it is among the `open_answers`.
    """

    def __init__(
        self,
        turn: Turn,
        question: Callable[[], str],
        work: Work,
        promise: str = "",
        open_answers: OpenAnswers | None = None,
    ) -> None:
        self.turn = turn
        self.promise = promise
        self._question = question
        self.latest = LatestProgress()
        self._key = token_hex(16)
        self._cancelled = False
        self._task = asyncio.ensure_future(work(self.latest))
        self._can_be_cancelled = open_answers is not None and turn.caller is not None
        if open_answers is not None:
            open_answers.begin(self, self._task)

    @property
    def done(self) -> bool:
        """Whether the answer is ready."""
        return self._task.done()

    @property
    def question(self) -> str:
        """What is answered, as a sentence."""
        return self._question()

    @property
    def working(self) -> ProgressView:
        """The progress card that is shown until the answer is ready."""
        cancel = CancelButton(self.promise or self._key) if self._can_be_cancelled else None
        return ProgressView(self._question(), self.latest.pages, self.latest.total, cancel, self.latest.of_customers)

    @property
    def person(self) -> Person | None:
        """Who asked, and so who may cancel."""
        return None if self.turn.caller is None else self.turn.caller.key

    @property
    def place(self) -> str:
        """The id of the conversation in which it was asked."""
        return self.turn.incoming.conversation_id

    @property
    def was_cancelled(self) -> bool:
        """Whether its person has cancelled it in time.

        What is ready is given, and so is a change that has begun.
        """
        return self._cancelled and self._task.done() and (self._task.cancelled() or bool(self._task.exception()))

    def is_called(self, key: str) -> bool:
        """Return True if a button with `key` means this answer."""
        return key in (self._key, self.promise)

    def cancel(self) -> bool:
        """Cancel the answer for its person. Return False if it is ready."""
        if not self._task.done() and not self._cancelled:
            self._cancelled = True
            self._task.cancel()
        return not self._task.done()

    async def outcome(self) -> bool:
        """Wait until the answer is ready or cancelled. Return True if it is cancelled."""
        await asyncio.wait({self._task})
        return self.was_cancelled

    async def wait(self, seconds: float) -> bool:
        """Wait for the answer, at most `seconds`. Return True if it is ready."""
        if not self._task.done():
            await asyncio.wait({self._task}, timeout=seconds)
        return self._task.done()

    def view(self) -> View:
        """Return the answer.

        If preparing it failed, the view of the error; if it was cancelled, what says so.
        """
        if self.was_cancelled:
            return cancelled(self._question())
        if self._task.cancelled():
            return ErrorView("deadline")
        error = self._task.exception()
        return self._task.result() if error is None else self.turn.failed(error)

    async def stop(self) -> None:
        """Cancel the answer if it is not ready."""
        if self._task.done():
            return
        self._task.cancel()
        await asyncio.wait({self._task}, timeout=CHANGE_SECONDS)
        if not self._task.done():
            self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


@dataclass
class ShownProgress:
    """What shows that an answer is coming: the progress card, and what it says.

    None: nothing does.
    """

    card_id: str | None = None
    view: ProgressView | None = None
