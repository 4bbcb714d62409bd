"""The customers that each person follows: the list that "my customers" means.

A customer is known by its id; its name is the one that the person saw last. The list says nothing of what a person may
see: its customers are looked up among the names that the person can see.
"""

from collections.abc import Sequence
from typing import Protocol

from cachetools import LRUCache

from bot.domain.conversation import Caller
from bot.domain.licensing import Entry
from bot.identity.followed_list import changed_list

REMEMBERED = 4_096  # people


class FollowedCustomers(Protocol):
    """Keeps the list of each person, in the order in which it grew."""

    async def of(self, caller: Caller) -> tuple[Entry, ...]:
        """Return the list. Raises StoreError."""
        ...

    async def change(self, caller: Caller, added: Sequence[Entry], removed: Sequence[Entry]) -> tuple[Entry, ...]:
        """Add and remove customers, and return the list as it is then.

        What would be more than a list holds is not added. Raises StoreError.
        """
        ...

    async def forget(self, caller: Caller) -> None:
        """Erase the list of this person. Raises StoreError."""
        ...


class RememberedFollowed:
    """Lists in memory, for one process."""

    def __init__(self) -> None:
        self._kept: LRUCache[tuple[str, str], tuple[Entry, ...]] = LRUCache(REMEMBERED)

    async def of(self, caller: Caller) -> tuple[Entry, ...]:
        """Return the list."""
        return self._kept.get(caller.key, ())

    async def change(self, caller: Caller, added: Sequence[Entry], removed: Sequence[Entry]) -> tuple[Entry, ...]:
        """Add and remove customers."""
        self._kept[caller.key] = changed_list(self._kept.get(caller.key, ()), added, removed)
        return self._kept[caller.key]

    async def forget(self, caller: Caller) -> None:
        """Erase the list of this person."""
        self._kept.pop(caller.key, None)
