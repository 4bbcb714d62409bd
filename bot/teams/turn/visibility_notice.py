"""The notice in shared conversations about who can read the answers, posted once.

Depends on the store.
"""

from typing import TYPE_CHECKING

import structlog

from bot.domain.key_hash import key_hash
from bot.errors import DeliveryError, StoreError
from bot.teams.running.deduplication import FirstTime
from bot.teams.turn.turn import Turn
from cards.views.answer_views import AccountView

if TYPE_CHECKING:
    from bot.store import Records

log = structlog.get_logger(__name__)

KIND = "told"  # the kind of the records in existing databases


class VisibilityNotice:
    """Posts the notice.

    The store holds which conversations have had it, so that replicas and restarts do not post it again.
    """

    def __init__(self, records: "Records") -> None:
        self._records = records
        self._known = FirstTime()

    async def post(self, turn: Turn) -> None:
        """Post the notice if it has not been posted.

        A failure is logged, and the question is answered anyway.
        """
        # A thread is part of its channel.
        conversation = turn.incoming.conversation_id.partition(";messageid=")[0]
        if turn.incoming.is_personal or turn.incoming.is_private or not self._known.first(conversation):
            return
        key = key_hash(conversation)
        try:
            if await self._records.add(KIND, key, b"") is not None:
                await turn.post(AccountView("shared"))
        except (StoreError, DeliveryError) as error:
            log.warning("visibility_notice_not_delivered", problem=str(error))
