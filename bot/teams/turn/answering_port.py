"""Who answers, as this room sees them. Knows nothing of Teams."""

from collections.abc import Callable
from typing import Protocol

from bot.domain.conversation import Caller, Conversation
from cards.views.answer_views import View
from cards.views.button_payload import Action

Progress = Callable[[int, int | None], None]


class Answering(Protocol):
    """A sentence or a button in, a view out."""

    async def answer(
        self, text: str, caller: Caller, progress: Progress | None = None, here: Conversation | None = None
    ) -> View:
        """The view that answers `text`, said `here`; `progress` is told (pages fetched, pages in all or None)."""
        ...

    async def press(
        self, action: Action, caller: Caller, progress: Progress | None = None, here: Conversation | None = None
    ) -> View:
        """The view that answers a button, pressed `here`."""
        ...

    def welcome(self, caller: Caller) -> View:
        """What is said once, when the bot is added."""
        ...


class LatestProgress:
    """How far an answer has come: the last thing the progress callback was told."""

    def __init__(self) -> None:
        self.pages = 0
        self.total: int | None = None

    def __call__(self, pages: int, total: int | None) -> None:
        """The `Progress` that is handed to the answer."""
        self.pages, self.total = pages, total
