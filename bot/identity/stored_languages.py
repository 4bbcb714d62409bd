"""The language that each person chose, in the shared store.

A code such as "nl", in plain text: it says nothing that the person typed. Which languages there are is unknown here.
"""

import structlog

from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.store import Records

log = structlog.get_logger(__name__)

KIND = "language"


class StoredLanguages:
    """Chosen languages in the store."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def chosen(self, caller: Caller) -> str | None:
        """Return the code, None if there is none.

        Also if the store cannot be read: the answer is in the language of the sentence or of Teams then.
        """
        try:
            record = await self._records.get(KIND, caller.record_key)
        except StoreError:
            log.warning("chosen_language_not_read", tenant=caller.key[0])
            return None
        return None if record is None else record.value.decode(errors="replace")

    async def choose(self, caller: Caller, code: str) -> None:
        """Keep the code until the person chooses another. Raises StoreError."""
        await self._records.put(KIND, caller.record_key, code.encode())

    async def forget(self, caller: Caller) -> None:
        """Erase the choice of this person. Raises StoreError."""
        await self._records.delete(KIND, caller.record_key)
