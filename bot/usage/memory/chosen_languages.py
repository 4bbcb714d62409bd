"""The language that each person chose.

They are answered in it, whatever they write in. Sentences are read in it first, instead of in that of their Teams.
"""

from typing import Protocol

from cachetools import LRUCache

from bot.domain.conversation import Caller

REMEMBERED = 4_096  # people


class ChosenLanguages(Protocol):
    """Keeps the code of the language that each person chose."""

    async def chosen(self, caller: Caller) -> str | None:
        """Return the code, None if there is none or if it cannot be read. Never raises."""
        ...

    async def choose(self, caller: Caller, code: str) -> None:
        """Keep the code. Raises StoreError."""
        ...

    async def forget(self, caller: Caller) -> None:
        """Erase the choice of this person. Raises StoreError."""
        ...


class RememberedLanguages:
    """Choices in memory, for one process."""

    def __init__(self) -> None:
        self._kept: LRUCache[tuple[str, str], str] = LRUCache(REMEMBERED)

    async def chosen(self, caller: Caller) -> str | None:
        """Return the code, None if there is none."""
        return self._kept.get(caller.key)

    async def choose(self, caller: Caller, code: str) -> None:
        """Keep the code."""
        self._kept[caller.key] = code

    async def forget(self, caller: Caller) -> None:
        """Erase the choice of this person."""
        self._kept.pop(caller.key, None)
