"""One activity being answered: who asked, in which language, and where the answer goes."""

import traceback
import uuid
from dataclasses import dataclass

import structlog

from bot.domain.conversation import Caller
from bot.errors import DeliveryError
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.turn.card_renderer import CardRenderer, RenderedCard
from bot.teams.turn.message_sender import MessageSender
from cards.views.answer_views import ErrorView, View
from cards.wording.locale_words import LocaleWords

log = structlog.get_logger(__name__)

_CARD_REFUSED = frozenset({400, 413})


@dataclass(frozen=True, slots=True)
class Turn:
    """`caller` is None where Teams does not say who it is; `busy` where too many turns are under way."""

    incoming: IncomingActivity
    sender: MessageSender
    words: LocaleWords
    drawing: CardRenderer
    caller: Caller | None
    busy: bool = False

    def draw(self, view: View) -> RenderedCard:
        """`view` in the reader's language."""
        return self.drawing.draw(view, self.words)

    async def post(self, view: View) -> str | None:
        """A new message in the thread; its id. Raises DeliveryError.

        A card that the connector refuses is said in words: a sentence is better than silence.
        """
        drawn = self.draw(view)
        try:
            return await self.sender.send(drawn.message())
        except DeliveryError as error:
            if error.status not in _CARD_REFUSED:
                raise
            log.warning("card_refused", status=error.status, view=type(view).__name__)
            return await self.sender.send(drawn.plain())

    async def replace(self, message_id: str, view: View) -> None:
        """Put `view` in the place of an earlier message. Raises DeliveryError."""
        await self.sender.replace(message_id, self.draw(view).message())

    def failed(self, error: BaseException) -> ErrorView:
        """What the person is told about a fault of ours: a reference that stands in the log beside the reason."""
        reference = uuid.uuid4().hex[:8]
        # As text: a renderer of tracebacks would show local variables, and tokens are among them.
        trace = "".join(traceback.format_exception(error))
        log.error("turn_failed", reference=reference, activity=self.incoming.type, trace=trace)
        return ErrorView("internal", {"reference": reference}, correlation_id=reference)

    async def tell(self, error: Exception) -> None:
        """Log what ended the turn, and tell the person unless telling is what failed. Raises nothing."""
        if isinstance(error, DeliveryError):
            self._undelivered(error)
            return
        view = self.failed(error)
        try:
            await self.post(view)
        except DeliveryError as failure:
            self._undelivered(failure)
        except Exception as problem:  # noqa: BLE001  # nothing is left to tell it with
            log.warning("failure_not_told", problem=type(problem).__name__, activity=self.incoming.type)

    def _undelivered(self, error: DeliveryError) -> None:
        log.warning("answer_not_delivered", status=error.status, problem=str(error), activity=self.incoming.type)
