"""Figures that people have seen, in the store that all replicas share.

Encrypted for their person, scope and day: a row that is moved to another person cannot be read. They are kept for so
many days, at most 5,000 days of figures of one person, and then those that were seen first go.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import structlog
from cachetools import TTLCache

from bot.domain.conversation import Caller
from bot.domain.key_hash import key_hash
from bot.errors import StoreError
from bot.identity.tokens.encryption import DecryptionError, Encryptor
from bot.query.reports.day_figures import DayFigures
from bot.store import SeenFigures, SeenRecord

log = structlog.get_logger(__name__)

KIND = "seen_figures"
SECONDS_OF_DAY = 86_400.0
MOST_OF_PERSON = 5_000
# The same figures are not written again for an hour.
WRITTEN = 10_000
WRITTEN_SECONDS = 3_600.0


class StoredFigures:
    """Seen figures in the database.

    With `days` 0 nothing is kept, and nothing is shown.
    """

    def __init__(
        self, records: SeenFigures, encryptor: Encryptor, days: int, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._records = records
        self._encryptor = encryptor
        self._days = days
        self._clock = clock
        self._written: TTLCache[tuple[str, str, str, DayFigures], bool, float] = TTLCache(
            WRITTEN, WRITTEN_SECONDS, timer=clock
        )

    async def keep(self, caller: Caller, scope: str, found: DayFigures) -> None:
        """Store figures that this person has just fetched. What cannot be stored is lost."""
        hashed = _hashed(caller, scope)
        key = (*caller.key, hashed, found)
        if not self._days or key in self._written:
            return
        day = found.day.isoformat()
        sealed = self._encryptor.seal(found, _about(*caller.key, hashed, day))
        try:
            record = SeenRecord(*caller.key, hashed, day, self._clock(), sealed)
            await self._records.keep(record, most_of_person=MOST_OF_PERSON)
        except StoreError:
            log.warning("seen_figures_not_stored", tenant=caller.key[0])
            return
        self._written[key] = True

    async def of(self, caller: Caller, scope: str) -> Sequence[DayFigures]:
        """Return what this person has seen of a scope, and when.

        () if it cannot be read.
        """
        if not self._days:
            return ()
        try:
            found = await self._records.of(*caller.key, _hashed(caller, scope))
        except StoreError:
            return ()
        return tuple(self._opened(found))

    async def forget(self, caller: Caller) -> None:
        """Erase every figure of this person. Raises StoreError."""
        for key in [each for each in list(self._written) if each[:2] == caller.key]:
            self._written.pop(key, None)
        await self._records.forget(*caller.key)

    async def expire(self) -> None:
        """Erase what was seen longer ago than figures are kept. Raises StoreError."""
        await self._records.purge(self._oldest())

    def _oldest(self) -> float:
        return self._clock() - self._days * SECONDS_OF_DAY if self._days else float("inf")

    def _opened(self, records: Sequence[SeenRecord]) -> Iterator[DayFigures]:
        for each in records:
            about = _about(each.tenant_id, each.person_id, each.scope, each.day)
            try:
                figures = self._encryptor.unseal(each.value, about, DayFigures)
            except DecryptionError:
                continue
            if each.seen >= self._oldest():
                yield replace(figures, day=date.fromisoformat(each.day), seen=_date(each.seen))


def _hashed(caller: Caller, scope: str) -> str:
    """Return the hash of a scope, another one for each person: nothing says that two people asked the same."""
    return key_hash("|".join((*caller.key, scope)))


def _date(seconds: float) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()


def _about(tenant_id: str, person_id: str, scope: str, day: str) -> str:
    return f"{KIND}|{tenant_id}|{person_id}|{scope}|{day}"
