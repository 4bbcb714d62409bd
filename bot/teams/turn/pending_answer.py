"""An answer that is being prepared, with what is promised and shown meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.teams.turn.answering_port import LatestProgress, Progress
from bot.teams.turn.turn import Turn
from cards.views.answer_views import ErrorView, ProgressView, View
from cards.views.button_payload import RepeatButton, pack, unpack

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
    button = RepeatButton(question)
    return ErrorView("interrupted", again=button if unpack(pack(button)) == button else None)


class PendingAnswer:
    """An answer that is being prepared.

    `question` returns the sentence for the progress card, `latest` is the progress, `promise` the key of the promise
    ("" if there is none).
    """

    def __init__(self, turn: Turn, question: Callable[[], str], work: Work, promise: str = "") -> None:
        self.turn = turn
        self.promise = promise
        self._question = question
        self.latest = LatestProgress()
        self._task = asyncio.ensure_future(work(self.latest))

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
        return ProgressView(self._question(), self.latest.pages, self.latest.total)

    async def wait(self, seconds: float) -> bool:
        """Wait for the answer, at most `seconds`. Return True if it is ready."""
        if not self._task.done():
            await asyncio.wait({self._task}, timeout=seconds)
        return self._task.done()

    def view(self) -> View:
        """Return the answer; if preparing it failed, the view of the error."""
        if self._task.cancelled():
            return ErrorView("deadline")
        error = self._task.exception()
        return self._task.result() if error is None else self.turn.failed(error)

    async def stop(self) -> None:
        """Cancel the answer if it is not ready."""
        if self._task.done():
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


@dataclass
class ShownProgress:
    """What shows that an answer is coming: the progress card, and what it says.

    None: nothing does.
    """

    card_id: str | None = None
    view: ProgressView | None = None
