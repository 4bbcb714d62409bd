"""The last question of each person in each conversation.

It is in the store that all replicas share.

Encrypted, because a question names customers. What a question means is unknown here.
"""

import time
from collections.abc import Callable

import msgspec
import structlog

from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.identity.tokens.encryption import DecryptionError, Encryptor
from bot.store import Record, Records

log = structlog.get_logger(__name__)

KIND = "last_question"
SECONDS = 1_800.0
MOST = 8  # conversations of one person
TRIES = 5


class _Kept(msgspec.Struct, frozen=True):
    place: str
    document: str
    at: float
    shown: int = 0
    start: int = 0


class StoredQuestions:
    """Last questions in the store that all replicas share."""

    def __init__(self, records: Records, encryptor: Encryptor, *, clock: Callable[[], float] = time.time) -> None:
        self._records = records
        self._encryptor = encryptor
        self._clock = clock

    async def keep(self, caller: Caller, place: str, document: str, shown: int = 0, start: int = 0) -> None:
        """Store the question, and which rows of its answer were asked for.

        It takes the place of the one before. A question that cannot be stored is not remembered.
        """
        kept = _Kept(place, document, self._clock(), shown, start)
        try:
            for _ in range(TRIES):
                record = await self._records.get(KIND, caller.record_key)
                others = [each for each in self._open(caller, record) if each.place != place]
                if await self._saved(caller, [*others, kept][-MOST:], record):
                    return
        except StoreError:
            log.warning("last_question_not_stored", tenant=caller.key[0])

    async def last(self, caller: Caller, place: str) -> tuple[str, int, int] | None:
        """Return the question, and which rows were asked for.

        None if there is none, if it is too old, or if the store cannot be read.
        """
        try:
            record = await self._records.get(KIND, caller.record_key)
        except StoreError:
            return None
        oldest = self._clock() - SECONDS
        kept = next((each for each in self._open(caller, record) if each.place == place and each.at >= oldest), None)
        return None if kept is None else (kept.document, kept.shown, kept.start)

    async def forget(self, caller: Caller) -> None:
        """Erase every question of this person. Raises StoreError."""
        await self._records.delete(KIND, caller.record_key)

    async def _saved(self, caller: Caller, kept: list[_Kept], record: Record | None) -> bool:
        sealed = self._encryptor.seal(kept, _about(caller))
        expires = self._clock() + SECONDS
        if record is None:
            return await self._records.add(KIND, caller.record_key, sealed, expires=expires) is not None
        version = record.version
        return (
            await self._records.replace(KIND, caller.record_key, sealed, version=version, expires=expires) is not None
        )

    def _open(self, caller: Caller, record: Record | None) -> list[_Kept]:
        if record is None:
            return []
        try:
            return self._encryptor.unseal(record.value, _about(caller), list[_Kept])
        except DecryptionError:
            log.warning("last_questions_unreadable", tenant=caller.key[0])
            return []


def _about(caller: Caller) -> str:
    return f"{KIND}|{caller.record_key}"
