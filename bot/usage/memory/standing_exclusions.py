"""What is left out of every answer until it is taken back.

In a 1:1 chat, a terminal and a program it is what the person left out, in a channel or group chat what was left out
there. It says nothing of what a person may see: it only takes away.
"""

from collections.abc import Sequence
from typing import Protocol

from cachetools import LRUCache

from bot.domain.conversation import Caller
from bot.identity.exclusion import MOST_EXCLUSIONS, Exclusion, scope_of

REMEMBERED = 4_096  # people and conversations


class StandingExclusions(Protocol):
    """Keeps what is left out where a caller asks."""

    async def of(self, caller: Caller) -> tuple[Exclusion, ...]:
        """Return what is left out. Raises StoreError."""
        ...

    async def add(self, caller: Caller, added: Sequence[Exclusion]) -> tuple[Exclusion, ...]:
        """Leave these out, and return what is left out then.

        What would be more than `MOST_EXCLUSIONS` is not added. Raises StoreError.
        """
        ...

    async def remove(self, caller: Caller, removed: Sequence[Exclusion]) -> tuple[Exclusion, ...]:
        """Take these back, and return what is left out then. Raises StoreError."""
        ...

    async def forget(self, caller: Caller) -> None:
        """Erase what this person has left out, also for conversations. Raises StoreError."""
        ...


class ReadExclusions:
    """What was read before, for one answer: nothing is changed."""

    def __init__(self, found: tuple[Exclusion, ...]) -> None:
        self._found = found

    async def of(self, caller: Caller) -> tuple[Exclusion, ...]:  # noqa: ARG002 - the protocol
        """Return what was read."""
        return self._found

    async def add(self, caller: Caller, added: Sequence[Exclusion]) -> tuple[Exclusion, ...]:  # noqa: ARG002 - the protocol
        """Return what was read."""
        return self._found

    async def remove(self, caller: Caller, removed: Sequence[Exclusion]) -> tuple[Exclusion, ...]:  # noqa: ARG002 - the protocol
        """Return what was read."""
        return self._found

    async def forget(self, caller: Caller) -> None:
        """There is nothing to erase."""


class RememberedExclusions:
    """Exclusions in memory, for one process."""

    def __init__(self) -> None:
        self._kept: LRUCache[str, dict[str, Exclusion]] = LRUCache(REMEMBERED)

    async def of(self, caller: Caller) -> tuple[Exclusion, ...]:
        """Return what is left out."""
        return tuple(self._kept.get(scope_of(caller), {}).values())

    async def add(self, caller: Caller, added: Sequence[Exclusion]) -> tuple[Exclusion, ...]:
        """Leave these out."""
        kept = self._kept.setdefault(scope_of(caller), {})
        for each in added:
            if each.subject in kept or len(kept) < MOST_EXCLUSIONS:
                kept[each.subject] = each
        return await self.of(caller)

    async def remove(self, caller: Caller, removed: Sequence[Exclusion]) -> tuple[Exclusion, ...]:
        """Take these back."""
        kept = self._kept.get(scope_of(caller), {})
        for each in removed:
            kept.pop(each.subject, None)
        return await self.of(caller)

    async def forget(self, caller: Caller) -> None:
        """Erase what this person has left out."""
        for kept in list(self._kept.values()):
            for each in [each for each in kept.values() if each.by == caller.key]:
                kept.pop(each.subject)
