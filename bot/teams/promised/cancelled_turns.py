"""The end of answers that were cancelled in another process.

A press reaches any process, and is noted with the promise in the store: the process that prepares the answer looks
there, and decides whether it is answered or cancelled.
"""

from typing import TYPE_CHECKING

from bot.concurrency.periodic import Periodic
from bot.teams.running.open_answers import OpenAnswers

if TYPE_CHECKING:
    from bot.identity.promised_answers import PromisedAnswers

EVERY = 1.0  # seconds between two looks, while answers are promised


class CancelledTurns:
    """Cancels answers of this process. It looks only while one is promised."""

    def __init__(self, promised: "PromisedAnswers", open_answers: OpenAnswers) -> None:
        self._promised = promised
        self._open = open_answers
        self._looking = Periodic("cancelled turns", self.end, EVERY, failed="cancelled_turns_not_found")

    def start(self) -> None:
        """Begin to look for them."""
        self._looking.start()

    async def stop(self) -> None:
        """Look for no more."""
        await self._looking.stop()

    async def end(self) -> None:
        """Cancel what was cancelled elsewhere. Raises StoreError."""
        for key in await self._promised.cancelled():
            if (answer := self._open.called(key)) is not None:
                answer.cancel()
