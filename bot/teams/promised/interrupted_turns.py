"""The end of turns whose process died.

Their cards say so, with a button that asks again. The answer itself is not posted: its person may have asked again
since, and presses the button with rights of their own.
"""

import asyncio
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.concurrency.periodic import Periodic
from bot.errors import DeliveryError
from bot.teams.promised.reopened_turns import ReopenedTurns
from bot.teams.turn.pending_answer import cancelled, interrupted
from bot.teams.turn.turn import Turn
from cards.views.answer_views import View

if TYPE_CHECKING:
    from bot.identity.promised_answers import BrokenPromise, PromisedAnswers

log = structlog.get_logger(__name__)

# Seconds between two looks, and between two extensions of the promises of this process, which last six times as long.
EVERY = 10.0
# Seconds since the promise in which a notice is repeated that may have arrived: once a minute.
UNSURE = 180.0
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
        # Apart from the looking, which takes as long as the connector does.
        self._extending = Periodic("promised answers", promised.extend, EVERY, failed="promises_not_extended")

    def start(self) -> None:
        """Begin to look for them."""
        self._extending.start()
        self._looking.start()

    async def stop(self) -> None:
        """Look for no more."""
        await self._looking.stop()
        await self._extending.stop()

    async def end(self) -> None:
        """End all turns whose time is over. Raises StoreError."""
        await asyncio.gather(*(self._settle(promise) for promise in await self._promised.broken()))

    async def _settle(self, promise: "BrokenPromise") -> None:
        """End one turn, or leave it: it is tried again a minute later."""
        try:
            is_over = await self._end(promise)
        except Exception as error:  # noqa: BLE001  # one that cannot be ended must not stop the others
            log.error("interrupted_turns_not_ended", problem=type(error).__name__)  # noqa: TRY400
            is_over = promise.is_late
        if is_over:
            await self._promised.keep(promise.key)
        else:
            self._promised.leave(promise.key)

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
            return promise.is_late or error.status in REFUSED
        if promise.cancelled:
            log.info("answer_cancelled", shown=bool(promise.card))
        else:
            log.info("turn_interrupted", tenant=promise.caller.tenant_id)
        return True

    async def _notify(self, turn: Turn, promise: "BrokenPromise") -> None:
        view = cancelled(promise.question) if promise.cancelled else interrupted(promise.question)
        if promise.card:
            try:
                await turn.replace(promise.card, view)
            except DeliveryError as error:
                if error.status not in REFUSED:
                    raise
                log.warning("card_not_replaced", problem=str(error))
            else:
                return
        await self._post(turn, view, promise)
        if promise.card:
            await turn.clear(promise.card)

    async def _post(self, turn: Turn, view: View, promise: "BrokenPromise") -> None:
        try:
            await turn.post(view)
        except DeliveryError as error:
            if not error.may_be_there or promise.age <= UNSURE:
                raise
            log.warning("interruption_notice_not_delivered", problem=str(error))
