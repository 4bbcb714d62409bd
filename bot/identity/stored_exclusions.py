"""What people and conversations leave out of answers, in the shared store.

Encrypted for its scope, its subject and the person who asked for it: a row that is moved cannot be read.
"""

import time
from collections.abc import Callable, Iterator, Sequence

import msgspec
import structlog
from cachetools import TTLCache

from bot.domain.conversation import Caller
from bot.domain.key_hash import key_hash
from bot.domain.licensing import Dimension, Entry
from bot.errors import StoreError
from bot.identity.exclusion import MOST_EXCLUSIONS, Exclusion, scope_of
from bot.identity.tokens.encryption import DecryptionError, Encryptor
from bot.store import ExclusionRecord, Exclusions

log = structlog.get_logger(__name__)

KIND = "exclusion"
KNOWN_SECONDS = 120.0
MOST_KNOWN = 4_096  # people and conversations


class _Kept(msgspec.Struct, frozen=True):
    id: str
    name: str
    digests: bool


class StoredExclusions:
    """Exclusions in the database.

    What was read lately is used while the database fails. `clock` returns seconds.
    """

    def __init__(self, records: Exclusions, encryptor: Encryptor, clock: Callable[[], float] = time.monotonic) -> None:
        self._records = records
        self._encryptor = encryptor
        self._known: TTLCache[str, tuple[Exclusion, ...]] = TTLCache(MOST_KNOWN, KNOWN_SECONDS, timer=clock)

    async def of(self, caller: Caller) -> tuple[Exclusion, ...]:
        """Return what is left out where `caller` asks.

        What cannot be decrypted is shown. If the database fails, it is what was read less than two minutes ago.
        Raises StoreError if that is not known.
        """
        try:
            return await self._read(caller)
        except StoreError:
            known = self._known.get(scope_of(caller))
            if known is None:
                raise
            return known

    async def _read(self, caller: Caller) -> tuple[Exclusion, ...]:
        """Return what the database has now."""
        found = tuple(self._opened(await self._records.of(scope_of(caller)), caller))
        self._known[scope_of(caller)] = found
        return found

    async def add(self, caller: Caller, added: Sequence[Exclusion]) -> tuple[Exclusion, ...]:
        """Leave these out, and return what is left out then. Raises StoreError."""
        for each in added:
            scope, subject = scope_of(caller), key_hash(each.subject)
            entry = each.customer
            kept = _Kept("", "", each.digests) if entry is None else _Kept(entry.id, entry.name, each.digests)
            sealed = self._encryptor.seal(kept, _about(scope, subject, *each.by))
            await self._records.put(ExclusionRecord(scope, subject, *each.by, sealed), most=MOST_EXCLUSIONS)
        return await self._read(caller)

    async def remove(self, caller: Caller, removed: Sequence[Exclusion]) -> tuple[Exclusion, ...]:
        """Take these back, and return what is left out then. Raises StoreError."""
        for each in removed:
            await self._records.delete(scope_of(caller), key_hash(each.subject))
        return await self._read(caller)

    async def forget(self, caller: Caller) -> None:
        """Erase what this person has left out, also for conversations. Raises StoreError."""
        await self._records.forget(*caller.key)
        self._known.clear()

    def _opened(self, records: Sequence[ExclusionRecord], caller: Caller) -> Iterator[Exclusion]:
        for each in records:
            by = (each.tenant_id, each.person_id)
            try:
                kept = self._encryptor.unseal(each.value, _about(each.scope, each.subject, *by), _Kept)
            except DecryptionError:
                log.warning("exclusion_unreadable", tenant=caller.key[0])
                continue
            customer = Entry(Dimension.CUSTOMER, kept.id, kept.name) if kept.id else None
            yield Exclusion(customer, kept.digests, by)


def _about(scope: str, subject: str, tenant_id: str, person_id: str) -> str:
    return f"{KIND}|{scope}|{subject}|{tenant_id}|{person_id}"
