"""The end of answers that their persons no longer want.

By the button of the progress card, or by a sentence such as "never mind". Another person who presses is refused.
"""

import asyncio
from enum import StrEnum
from typing import Protocol

from bot.domain.conversation import Caller
from bot.language.vocabulary.cancelling_sentence import is_cancelling
from bot.teams.running.open_answers import Cancellable, OpenAnswers
from bot.teams.turn.turn import Turn
from cards.views.answer_views import CancelledView, ErrorView
from cards.views.progress.cancel_payload import CancelButton, cancel_in

WAIT_SECONDS = 8.0  # seconds that a message waits for the end of the answer


class Cancelling(StrEnum):
    """How it ended. The value is the problem of the message about it."""

    CANCELLED = "cancelled"
    ASKED = "cancelling"
    ANSWERED = "already_answered"
    ANOTHERS = "not_your_question"
    FAILED = "not_cancelled"


class Elsewhere(Protocol):
    """The port to answers that other processes prepare. No method raises."""

    async def cancel(self, key: str, caller: Caller) -> Cancelling:
        """Ask for the end of the answer `key`, which is promised to `caller`."""
        ...

    async def cancel_at(self, place: str, caller: Caller) -> bool:
        """Ask for the end of all that is promised to `caller` in the conversation `place`.

        Return False if nothing is.
        """
        ...


class Cancellations:
    """Cancels answers in progress.

    `elsewhere` has those of other processes, None if there are none.
    """

    def __init__(self, open_answers: OpenAnswers, elsewhere: Elsewhere | None = None) -> None:
        self._open = open_answers
        self._elsewhere = elsewhere

    async def press(self, button: CancelButton, caller: Caller, seconds: float) -> CancelledView | ErrorView:
        """Cancel the answer of a card for `caller`, who pressed its button.

        Return what the presser is to read. It waits at most `seconds` for the end of the answer.
        """
        outcome = await self._pressed(button, caller, seconds)
        return CancelledView("") if outcome is Cancelling.CANCELLED else ErrorView(outcome.value)

    async def settled(self, turn: Turn, text: str) -> bool:
        """Cancel what a message takes back. Raises DeliveryError.

        It does so with the `text`, or with the button of an old client. Return False if it takes nothing back. The
        cards of the answers say that they are cancelled; a press that is refused is answered with a message.
        """
        if turn.caller is None:
            return False
        if text:
            return is_cancelling(text) and await self._waiting(turn, turn.caller)
        button = cancel_in(turn.incoming.value)
        if button is None:
            return False
        view = await self.press(button, turn.caller, WAIT_SECONDS)
        if isinstance(view, ErrorView):
            await turn.post(view)
        return True

    async def _waiting(self, turn: Turn, caller: Caller) -> bool:
        """Cancel what `caller` waits for in this conversation.

        Return False if they wait for nothing: then the text means what it says.
        """
        place = turn.incoming.conversation_id
        ended = [each.outcome() for each in self._open.of(caller.key, place) if each.cancel()]
        elsewhere = self._elsewhere is not None and await self._elsewhere.cancel_at(place, caller)
        if any(await asyncio.gather(*ended)):  # their cards say so, and those of other processes will
            return True
        if elsewhere:
            await turn.post(ErrorView(Cancelling.ASKED.value))
        return elsewhere

    async def _pressed(self, button: CancelButton, caller: Caller, seconds: float) -> Cancelling:
        answer = self._open.called(button.key)
        if answer is None:
            return Cancelling.ANSWERED if self._elsewhere is None else await self._elsewhere.cancel(button.key, caller)
        if answer.person != caller.key:
            return Cancelling.ANOTHERS
        return await _ended(answer, seconds)


async def _ended(answer: Cancellable, seconds: float) -> Cancelling:
    if not answer.cancel():
        return Cancelling.ANSWERED
    try:
        async with asyncio.timeout(max(0.0, seconds)):
            return Cancelling.CANCELLED if await answer.outcome() else Cancelling.ANSWERED
    except TimeoutError:
        return Cancelling.ASKED
