"""The newest few links, sign-ins and offers of a person: older ones end.

A person who asks again and again before signing in would fill the store otherwise, and another person may find any of
their links. Depends on the store, not on what the records hold.
"""

import time
from collections.abc import Callable

import structlog

from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.identity.tokens.encryption import DecryptionError, Encryptor
from bot.store import Record, Records

log = structlog.get_logger(__name__)

KIND = "newest"
SECONDS = 900.0  # as long as the records that are listed
MOST = 5  # of a kind: as many as questions of a person wait
TRIES = 10


class NewestRecords:
    """Lists the keys of each person's newest records, kind by kind.

    The list is encrypted: it says whose the records are. `clock` returns Unix seconds.
    """

    def __init__(self, records: Records, encryptor: Encryptor, *, clock: Callable[[], float] = time.time) -> None:
        self._records = records
        self._encryptor = encryptor
        self._clock = clock

    async def keep(self, caller: Caller, kind: str, key: str) -> None:
        """List a record that was just added, and delete the oldest of more than MOST.

        Raises StoreError, also if others change the list all the time: then the record is deleted.
        """
        name = _name(caller, kind)
        for _ in range(TRIES):
            record = await self._records.get(KIND, name)
            listed = [*self._open(name, record), key]
            if await self._saved(name, listed[-MOST:], record):
                for old in listed[:-MOST]:
                    await self._records.delete(kind, old)
                return
        await self._records.delete(kind, key)
        raise StoreError("too many sign-ins of one person at the same time")

    async def forget(self, caller: Caller, *kinds: str) -> None:
        """Delete all listed records of this person. Raises StoreError."""
        for kind in kinds:
            name = _name(caller, kind)
            for key in self._open(name, await self._records.take(KIND, name)):
                await self._records.delete(kind, key)

    async def _saved(self, name: str, listed: list[str], record: Record | None) -> bool:
        sealed = self._encryptor.seal(listed, f"{KIND}|{name}")
        expires = self._clock() + SECONDS
        if record is None:
            return await self._records.add(KIND, name, sealed, expires=expires) is not None
        saved = await self._records.replace(KIND, name, sealed, version=record.version, expires=expires)
        return saved is not None

    def _open(self, name: str, record: Record | None) -> list[str]:
        if record is None:
            return []
        try:
            return self._encryptor.unseal(record.value, f"{KIND}|{name}", list[str])
        except DecryptionError:
            log.warning("sign_in_record_unreadable")
            return []


def _name(caller: Caller, kind: str) -> str:
    return "|".join((kind, *caller.key))
