"""The digests people have set up."""

from typing import Unpack

from bot.store.digest import Claim, Digest, DigestChanges, Draft, Enqueue, NextDue


class DigestStore:
    """Every method raises StoreError where the database fails. Ids of tenants and owners may be in either case."""

    async def add(self, draft: Draft) -> Digest:
        """The digest, active, with its number."""
        raise NotImplementedError

    async def get(self, number: int) -> Digest | None:
        """None where there is none."""
        raise NotImplementedError

    async def of_owner(self, tenant_id: str, owner_id: str) -> list[Digest]:
        """By number."""
        raise NotImplementedError

    async def in_conversation(self, tenant_id: str, conversation_id: str) -> list[Digest]:
        """By number, whoever owns them."""
        raise NotImplementedError

    async def all(self, after: int = 0, limit: int = 100) -> list[Digest]:
        """Those with a number above `after`, by number."""
        raise NotImplementedError

    async def count(self) -> int:
        """How many there are."""
        raise NotImplementedError

    async def change(self, number: int, version: int | None, **changes: Unpack[DigestChanges]) -> Digest | None:
        """The digest after the change; None where it is gone or no longer has `version`. None: whatever version."""
        raise NotImplementedError

    async def delete(self, number: int) -> bool:
        """Whether there was one. Its occurrences go with it: one that is under way will not be sent."""
        raise NotImplementedError

    async def forget(self, tenant_id: str, owner_id: str) -> int:
        """Delete all of a person's digests with their occurrences; how many digests that were."""
        raise NotImplementedError

    async def suspend_conversation(self, tenant_id: str, conversation_id: str, reason: str) -> list[Digest]:
        """Suspend the active ones there; those are given back. Paused ones stay paused."""
        raise NotImplementedError

    async def restore_conversation(
        self, tenant_id: str, conversation_id: str, now: float, next_due: NextDue
    ) -> list[Digest]:
        """Make the suspended ones there active again (done where they are never due again); those are given back."""
        raise NotImplementedError

    async def refresh_reference(self, tenant_id: str, conversation_id: str, owner_id: str, reference: str) -> int:
        """The owner's newest way to the conversation; how many digests took it. Writes only where it differs."""
        raise NotImplementedError

    async def claim(self, now: float, limit: int, next_due: NextDue, enqueue: Enqueue) -> list[Claim]:
        """Claim up to `limit` digests that are due or requested, the longest due first, all in one transaction.

        Of several occurrences that were missed the newest is made. Nobody else claims the same one. A requested digest
        is claimed in whatever state, and keeps its times. What `enqueue` raises undoes the whole claim.
        """
        raise NotImplementedError

    async def soonest(self) -> float | None:
        """When the next one is due or was requested; None where nothing is."""
        raise NotImplementedError
