"""The answers in progress in this process, which their persons may cancel.

Depends on asyncio only. An answer ends once: it is given, or it is cancelled.
"""

import asyncio
from typing import Any, Protocol

Person = tuple[str, str]  # tenant id and object id


class Cancellable(Protocol):
    """An answer in progress."""

    @property
    def person(self) -> Person | None:
        """Who asked; None if unknown."""
        ...

    @property
    def place(self) -> str:
        """The id of the conversation in which it was asked."""
        ...

    def is_called(self, key: str) -> bool:
        """Return True if a button with `key` means this answer."""
        ...

    def cancel(self) -> bool:
        """Ask for its end. Return False if it is ready."""
        ...

    async def outcome(self) -> bool:
        """Wait for its end. Return True if it was cancelled."""
        ...


class OpenAnswers:
    """Finds an answer in progress by the key of its card, or by its person."""

    def __init__(self) -> None:
        self._open: set[Cancellable] = set()

    def begin(self, answer: Cancellable, work: "asyncio.Task[Any]") -> None:
        """Keep `answer` until its `work` is done."""
        self._open.add(answer)
        work.add_done_callback(lambda _: self._open.discard(answer))

    def called(self, key: str) -> Cancellable | None:
        """Return the answer that a button with `key` means, None if it is not here."""
        return next((each for each in self._open if each.is_called(key)), None)

    def of(self, person: Person, place: str) -> list[Cancellable]:
        """Return the answers for `person` in the conversation `place`."""
        return [each for each in self._open if each.person == person and each.place == place]
