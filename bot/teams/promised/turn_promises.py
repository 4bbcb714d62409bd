"""The promises of turns.

What was asked, and where, is written down until it is answered.
"""

from typing import TYPE_CHECKING

import structlog

from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.turn.cancellations import Cancelling
from bot.teams.turn.turn import Turn

if TYPE_CHECKING:
    from bot.identity.promised_answers import PromisedAnswers

log = structlog.get_logger(__name__)


class TurnPromises:
    """Writes the promises of turns down, for `Replies`. No method raises."""

    def __init__(self, promised: "PromisedAnswers") -> None:
        self._promised = promised

    async def make(self, turn: Turn, question: str, card: str = "") -> str:
        """Write down that `question` will be answered.

        Return the key; "" if that is not possible.
        """
        if turn.caller is None:
            return ""
        asked = turn.incoming.asked_in_private if turn.alone else turn.incoming
        chat = asked.conversation_id if asked.is_personal else ""
        place = ConversationReference.of(asked, turn.caller, turn.words, chat)
        sent = turn.incoming.repetition_key if turn.incoming.id else ""
        return await self._promised.make(turn.caller, question, place.pack(), card, sent)

    async def show(self, key: str, card: str) -> None:
        """Note which message makes the promise."""
        await self._promised.show(key, card)

    async def keep(self, key: str) -> None:
        """Delete the promise, because its question is answered."""
        await self._promised.keep(key)

    async def cancel(self, key: str, caller: Caller) -> Cancelling:
        """Cancel the answer `key`, which another process prepares, for `caller`.

        One of this process is ready: it is being posted.
        """
        if self._promised.is_made_here(key):
            return Cancelling.ANSWERED
        try:
            if await self._promised.cancel((key,), caller):
                return Cancelling.ASKED
            return Cancelling.ANOTHERS if await self._promised.is_open(key) else Cancelling.ANSWERED
        except StoreError as error:
            log.warning("answer_not_cancelled", problem=str(error))
            return Cancelling.FAILED

    async def cancel_at(self, place: str, caller: Caller) -> bool:
        """Cancel what other processes prepare for `caller` in the conversation `place`.

        Return False if that is nothing, as far as is known.
        """
        try:
            theirs = [each for each in await self._promised.to(caller) if not self._promised.is_made_here(each.key)]
            keys = [each.key for each in theirs if _place_of(each.reference) == place]
            return bool(keys) and await self._promised.cancel(keys, caller)
        except StoreError as error:
            log.warning("answer_not_cancelled", problem=str(error))
            return False

    def leave(self, key: str) -> None:
        """Leave the promise to another process, or to this one a minute later."""
        self._promised.leave(key)


def _place_of(reference: str) -> str:
    """Return the id of the conversation of a stored reference; "" if it cannot be read."""
    found = ConversationReference.unpack(reference)
    return "" if found is None else found.asked.conversation_id
