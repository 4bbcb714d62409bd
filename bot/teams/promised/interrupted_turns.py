"""The end of turns whose process died.

Their cards say so, with a button that asks again. The answer itself is not posted: its person may have asked again
since, and presses the button with rights of their own.
"""

from typing import TYPE_CHECKING, Protocol

import structlog

from bot.concurrency.periodic import Periodic
from bot.errors import DeliveryError
from bot.teams.promised.reopened_turns import ReopenedTurns
from bot.teams.turn.pending_answer import interrupted
from bot.teams.turn.turn import Turn

if TYPE_CHECKING:
    from bot.identity.promised_answers import BrokenPromise, PromisedAnswers

log = structlog.get_logger(__name__)

# Seconds between two looks. Each extends the promises of this process, which last six times as long.
EVERY = 10.0
# The message or the conversation is gone, or takes nothing from the bot: it stays so.
REFUSED = frozenset({400, 401, 403, 404, 405, 409, 413})


class Claims(Protocol):
    """Says which activities a process has begun to answer."""

    async def is_taken(self, key: str, since: float) -> bool:
        """Return True if one has begun after `since`.

        It is in Unix seconds. Raises StoreError.
        """


class InterruptedTurns:
    """Ends what dead processes have promised, at the start and then regularly.

    What Teams has sent again, another process answers: then only the card that says "Working on it" goes.
    """

    def __init__(self, promised: "PromisedAnswers", reopened: ReopenedTurns, claims: Claims | None) -> None:
        self._promised = promised
        self._claims = claims
        self._reopened = reopened
        self._looking = Periodic("interrupted turns", self.end, EVERY, failed="interrupted_turns_not_ended")

    def start(self) -> None:
        """Begin to look for them."""
        self._looking.start()

    async def stop(self) -> None:
        """Look for no more."""
        await self._looking.stop()

    async def end(self) -> None:
        """End all turns whose time is over. Raises StoreError."""
        for promise in await self._promised.broken():
            if await self._end(promise):
                await self._promised.keep(promise.key)

    async def _end(self, promise: "BrokenPromise") -> bool:
        """Return True if the person was notified, or cannot be."""
        place = self._reopened.place(promise.reference, promise.caller)
        if place is None or (promise.is_late and not promise.card):
            return True
        turn = await self._reopened.turn(place.asked, place.passing, promise.caller)
        if self._claims is not None and await self._claims.is_taken(promise.asked, promise.opened):
            if promise.card:
                await turn.clear(promise.card)
            return True
        try:
            await self._notify(turn, promise)
        except DeliveryError as error:
            log.warning("interruption_notice_not_delivered", problem=str(error))
            return promise.is_late or error.status in REFUSED  # else it is tried again a minute later
        log.info("turn_interrupted", tenant=promise.caller.tenant_id)
        return True

    async def _notify(self, turn: Turn, promise: "BrokenPromise") -> None:
        view = interrupted(promise.question)
        if promise.card:
            try:
                await turn.replace(promise.card, view)
            except DeliveryError as error:
                if error.status not in REFUSED:
                    raise
                log.warning("card_not_replaced", problem=str(error))
            else:
                return
        await turn.post(view)
        if promise.card:
            await turn.clear(promise.card)
