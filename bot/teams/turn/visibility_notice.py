"""Said once in a conversation of several: what will be visible to whom. Knows the store."""

import hashlib
from typing import TYPE_CHECKING

import structlog

from bot.errors import DeliveryError, StoreError
from bot.teams.turn.deduplication import FirstTime
from bot.teams.turn.turn import Turn
from cards.views.answer_views import AccountView

if TYPE_CHECKING:
    from bot.store import Records

log = structlog.get_logger(__name__)

KIND = "told"


class VisibilityNotice:
    """Remembers in the store which conversations know, so that replicas and restarts do not say it again."""

    def __init__(self, records: "Records") -> None:
        self._records = records
        self._known = FirstTime()

    async def tell(self, turn: Turn) -> None:
        """Say it where it has not been said; a failure of this is no reason not to answer."""
        # A thread is part of its channel.
        conversation = turn.incoming.conversation_id.partition(";messageid=")[0]
        if turn.incoming.is_personal or not self._known.first(conversation):
            return
        key = hashlib.sha256(conversation.encode("utf-8", "surrogatepass")).hexdigest()
        try:
            if await self._records.add(KIND, key, b"") is not None:
                await turn.post(AccountView("shared"))
        except (StoreError, DeliveryError) as error:
            log.warning("first_use_not_explained", problem=str(error))
