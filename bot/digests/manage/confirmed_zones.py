"""The time zone of each person's digests, as the person has seen or chosen it.

Teams sends the time zone of the machine on which a person writes, which changes on a journey. So a person is asked
once. Only the name of the zone is stored; it is erased with the person's digests.
"""

from dataclasses import replace

import structlog

from bot.domain.conversation import Caller
from bot.domain.zone_names import zone_named
from bot.errors import StoreError
from bot.store.records import Records

log = structlog.get_logger(__name__)

KIND = "digest_time_zone"


class ConfirmedZones:
    """Remembers the time zone of each person."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def of(self, caller: Caller) -> str | None:
        """Return the zone. Raises StoreError.

        None if the person was never asked, or if the zone does not exist any more.
        """
        record = await self._records.get(KIND, caller.record_key)
        return None if record is None else zone_named(record.value.decode("utf-8", "replace"))

    async def placed(self, caller: Caller) -> Caller:
        """Return the caller with this time zone, if there is one. Raises StoreError."""
        return in_confirmed(caller, await self.of(caller))

    async def keep(self, caller: Caller, zone: str) -> None:
        """Remember the zone.

        If it cannot be stored, the person is asked again.
        """
        try:
            await self._records.put(KIND, caller.record_key, zone.encode())
        except StoreError:
            log.warning("digest_time_zone_not_stored", tenant=caller.key[0])

    async def forget(self, caller: Caller) -> None:
        """Erase what is remembered of this person. Raises StoreError."""
        await self._records.delete(KIND, caller.record_key)


def in_confirmed(caller: Caller, zone: str | None) -> Caller:
    """Return the caller with this time zone, if there is one."""
    return caller if zone is None else replace(caller, time_zone=zone)
