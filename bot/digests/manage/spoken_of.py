"""The digests that a person spoke of last in a conversation: what `stop it` means.

The numbers are kept for half an hour in the store that all replicas share, with the ids of the conversations and
nothing else. Erased with the person's digests.
"""

from collections.abc import Callable

import msgspec
import structlog

from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.store.records import Records

log = structlog.get_logger(__name__)

KIND = "digest_spoken_of"
SECONDS = 1_800.0
MOST = 8  # conversations of one person


class Spoken(msgspec.Struct, frozen=True):
    """The digests that were spoken of in one conversation, and when (Unix seconds)."""

    place: str
    numbers: tuple[int, ...]
    at: float


class SpokenOf:
    """Remembers which digests each person spoke of last in each conversation."""

    def __init__(self, records: Records, clock: Callable[[], float]) -> None:
        self._records = records
        self._clock = clock

    async def keep(self, caller: Caller, place: str, *numbers: int) -> None:
        """Remember the digests. What cannot be stored is not remembered."""
        now = self._clock()
        try:
            others = [each for each in await self._kept(caller) if each.place != place]
            kept = [*others, Spoken(place, numbers, now)][-MOST:]
            await self._records.put(KIND, caller.record_key, msgspec.json.encode(kept), expires=now + SECONDS)
        except StoreError:
            log.warning("digest_spoken_of_not_stored", tenant=caller.key[0])

    async def last(self, caller: Caller, place: str) -> Spoken | None:
        """Return the digests; None if there are none or if it is too long ago.

        Raises StoreError.
        """
        oldest = self._clock() - SECONDS
        found = (each for each in await self._kept(caller) if each.place == place and each.at >= oldest)
        return next(found, None)

    async def forget(self, caller: Caller) -> None:
        """Erase what is remembered of this person. Raises StoreError."""
        await self._records.delete(KIND, caller.record_key)

    async def _kept(self, caller: Caller) -> list[Spoken]:
        record = await self._records.get(KIND, caller.record_key)
        try:
            return [] if record is None else msgspec.json.decode(record.value, type=list[Spoken])
        except msgspec.MsgspecError:
            return []
