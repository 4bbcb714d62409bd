"""The promises of turns.

What was asked, and where, is written down until it is answered.
"""

from typing import TYPE_CHECKING

from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.turn.turn import Turn

if TYPE_CHECKING:
    from bot.identity.promised_answers import PromisedAnswers


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

    def leave(self, key: str) -> None:
        """Leave the promise to another process, or to this one a minute later."""
        self._promised.leave(key)
