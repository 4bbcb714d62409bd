"""The customers that each person follows, in the shared store.

Encrypted, because they are named. What a person may see is unknown here.
"""

from collections.abc import Sequence

import msgspec
import structlog

from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension, Entry
from bot.errors import StoreError
from bot.identity.followed_list import changed_list
from bot.identity.tokens.encryption import DecryptionError, Encryptor
from bot.store import Record, Records

log = structlog.get_logger(__name__)

KIND = "followed"
TRIES = 5


class _Kept(msgspec.Struct, frozen=True):
    id: str
    name: str


class StoredFollowed:
    """Lists in the store that all replicas share."""

    def __init__(self, records: Records, encryptor: Encryptor) -> None:
        self._records = records
        self._encryptor = encryptor

    async def of(self, caller: Caller) -> tuple[Entry, ...]:
        """Return the list; one that cannot be decrypted is empty. Raises StoreError."""
        return self._open(caller, await self._records.get(KIND, caller.record_key))

    async def change(self, caller: Caller, added: Sequence[Entry], removed: Sequence[Entry]) -> tuple[Entry, ...]:
        """Add and remove customers, also while another process changes the list.

        Raises StoreError.
        """
        for _ in range(TRIES):
            record = await self._records.get(KIND, caller.record_key)
            wanted = changed_list(self._open(caller, record), added, removed)
            if await self._saved(caller, wanted, record):
                return wanted
        raise StoreError("the list of a person changes all the time")

    async def forget(self, caller: Caller) -> None:
        """Erase the list of this person. Raises StoreError."""
        await self._records.delete(KIND, caller.record_key)

    async def _saved(self, caller: Caller, wanted: tuple[Entry, ...], record: Record | None) -> bool:
        sealed = self._encryptor.seal([_Kept(each.id, each.name) for each in wanted], _about(caller))
        if record is None:
            return await self._records.add(KIND, caller.record_key, sealed) is not None
        return await self._records.replace(KIND, caller.record_key, sealed, version=record.version) is not None

    def _open(self, caller: Caller, record: Record | None) -> tuple[Entry, ...]:
        if record is None:
            return ()
        try:
            kept = self._encryptor.unseal(record.value, _about(caller), list[_Kept])
        except DecryptionError:
            log.warning("followed_customers_unreadable", tenant=caller.key[0])
            return ()
        return tuple(Entry(Dimension.CUSTOMER, each.id, each.name) for each in kept)


def _about(caller: Caller) -> str:
    return f"{KIND}|{caller.record_key}"
