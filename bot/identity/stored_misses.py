"""Sentences that were not understood, in the store that all replicas share.

Encrypted, though they have no names any more: they are what people typed. They are kept for 30 days, at most 5,000 of
them and 200 of one person, and then the oldest ones go first.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.identity.tokens.encryption import DecryptionError, Encryptor
from bot.store import MissRecord, MissRecords

log = structlog.get_logger(__name__)

KIND = "missed_sentence"
DAYS = 30
SECONDS = DAYS * 86_400.0
MOST = 5_000
MOST_OF_PERSON = 200
LONGEST = 1_200  # bytes of a text: 300 characters


@dataclass(frozen=True, slots=True)
class StoredMiss:
    """A sentence without names, when it was typed, and why it was not answered.

    `at` is in Unix seconds. `text` is None if it cannot be decrypted.
    """

    at: float
    kind: str
    language: str
    text: str | None


class StoredMisses:
    """Sentences that were not understood. Who typed them cannot be asked for."""

    def __init__(self, records: MissRecords, encryptor: Encryptor, *, clock: Callable[[], float] = time.time) -> None:
        self._records = records
        self._encryptor = encryptor
        self._clock = clock

    async def keep(self, caller: Caller, kind: str, language: str, text: str) -> None:
        """Store a text that has no names. One that cannot be stored is lost."""
        if not text or len(plain := text.encode()) > LONGEST:
            return
        sealed = self._encryptor.encrypt(plain, _about(*caller.key))
        record = MissRecord(*caller.key, self._clock(), kind, language, sealed)
        try:
            await self._records.add(record, most=MOST, most_of_person=MOST_OF_PERSON)
        except StoreError:
            log.warning("missed_sentence_not_stored", tenant=caller.key[0])

    async def since(self, earliest: float) -> tuple[StoredMiss, ...]:
        """Return the sentences typed at `earliest` or later, the newest first.

        None is older than 30 days. Raises StoreError.
        """
        found = await self._records.since(max(earliest, self._clock() - SECONDS))
        return tuple(StoredMiss(each.at, each.kind, each.language, self._opened(each)) for each in found)

    async def forget(self, caller: Caller) -> None:
        """Erase every sentence of this person. Raises StoreError."""
        await self._records.forget(*caller.key)

    def _opened(self, record: MissRecord) -> str | None:
        try:
            return self._encryptor.decrypt(record.text, _about(record.tenant_id, record.person_id)).decode()
        except (DecryptionError, UnicodeDecodeError):
            return None


def _about(tenant_id: str, person_id: str) -> str:
    return f"{KIND}|{tenant_id}|{person_id}"
