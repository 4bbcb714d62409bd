"""The ledger of deliveries: how far each occurrence has come. It decides whether something may be sent."""

from collections.abc import Callable, Collection
from typing import Any, Unpack

from bot.store.occurrence import Occurrence, OccurrenceChanges

# Called within the transaction with its sqlalchemy.Connection; what it raises undoes everything.
EnqueueAgain = Callable[[Any, Occurrence], None]


class Ledger:
    """Every method raises StoreError where the database fails."""

    async def get(self, number: int, due: int) -> Occurrence | None:
        """None where there is none, such as after its digest was deleted."""
        raise NotImplementedError

    async def advance(
        self, number: int, due: int, frm: Collection[str], to: str, **changes: Unpack[OccurrenceChanges]
    ) -> bool:
        """Compare and set: whether it was in one of the states `frm`, and is in `to` now, with the changes."""
        raise NotImplementedError

    async def of(self, number: int, limit: int = 10) -> list[Occurrence]:
        """The newest first."""
        raise NotImplementedError

    async def waiting_of(self, tenant_id: str, owner_id: str) -> list[Occurrence]:
        """Those that wait for this person to sign in, the oldest first."""
        raise NotImplementedError

    async def take_up(self, tenant_id: str, owner_id: str, enqueue: EnqueueAgain) -> list[Occurrence]:
        """Set those that wait for this person due again, with one more `attempt`, and enqueue them: one transaction."""
        raise NotImplementedError

    async def counts(self) -> dict[str, int]:
        """How many are in each state; states that none is in are left out."""
        raise NotImplementedError

    async def purge(self, before: float) -> int:
        """Erase those due before that; how many there were."""
        raise NotImplementedError
