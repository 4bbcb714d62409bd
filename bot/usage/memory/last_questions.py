"""The last question of a person in a conversation.

The next sentence may change it.

It is kept for half an hour, for each person and conversation alone: no other user's sentence changes it. It is a
command document, see `bot.commands.command_document`.
"""

import time
from collections.abc import Callable
from typing import Protocol

from cachetools import TTLCache

from bot.domain.conversation import Caller

SECONDS = 1_800.0
REMEMBERED = 4_096  # people and conversations


class LastQuestions(Protocol):
    """Keeps the last question of each person in each conversation. No method raises."""

    async def keep(self, caller: Caller, place: str, document: str, shown: int = 0, start: int = 0) -> None:
        """Remember the question; `place` identifies the conversation.

        `shown`: up to which row its answer was asked for, 0 if something else was shown since. `start`: which of them
        is the first new one.
        """
        ...

    async def last(self, caller: Caller, place: str) -> tuple[str, int, int] | None:
        """Return the question and its rows, None if there is none or if it is too old."""
        ...

    async def forget(self, caller: Caller) -> None:
        """Erase every question of this person."""
        ...


class RememberedQuestions:
    """Last questions in memory, for one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, seconds: float = SECONDS) -> None:
        kept = TTLCache[tuple[tuple[str, str], str], tuple[str, int, int], float]
        self._kept = kept(REMEMBERED, seconds, timer=clock)

    async def keep(self, caller: Caller, place: str, document: str, shown: int = 0, start: int = 0) -> None:
        """Remember the question."""
        self._kept[caller.key, place] = document, shown, start

    async def last(self, caller: Caller, place: str) -> tuple[str, int, int] | None:
        """Return the question and its rows, None if there is none."""
        return self._kept.get((caller.key, place))

    async def forget(self, caller: Caller) -> None:
        """Erase every question of this person."""
        for key in [key for key in self._kept if key[0] == caller.key]:
            self._kept.pop(key, None)


class NothingAsked:
    """For questions that follow none: no question is kept."""

    async def keep(self, caller: Caller, place: str, document: str, shown: int = 0, start: int = 0) -> None:
        """Do nothing."""

    async def last(self, caller: Caller, place: str) -> tuple[str, int, int] | None:  # noqa: ARG002 - none is kept
        """Return None."""
        return None

    async def forget(self, caller: Caller) -> None:
        """Do nothing."""
