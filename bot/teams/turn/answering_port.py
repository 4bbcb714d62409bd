"""The port to the handlers that answer. Does not depend on Teams."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from bot.commands.command import Export
from bot.domain.conversation import Caller, Conversation
from bot.domain.licensing import Customers, Dimension, Entry
from bot.export.export_file import ExportFile
from bot.usage.command_buttons import PressedButton
from bot.usage.memory.answer_locale import AnswerLocale
from cards.views.answer_views import ErrorView, View
from cards.views.usage_views import Figures

Progress = Callable[[int, int | None], None]


class Answering(Protocol):
    """Turns a typed text or a button into a view."""

    async def answer(
        self, text: str, caller: Caller, progress: Progress | None = None, here: Conversation | None = None
    ) -> View:
        """Return the view that answers `text` in the conversation `here`.

        `progress` is called with the number of pages fetched, and the number of all pages or None.
        """
        ...

    async def press(
        self, button: PressedButton, caller: Caller, progress: Progress | None = None, here: Conversation | None = None
    ) -> View:
        """Return the view that answers a button pressed in the conversation `here`."""
        ...

    async def complete(self, dimension: Dimension, text: str, caller: Caller, most: int) -> Sequence[Entry] | ErrorView:
        """Return at most `most` names that a caller who is typing `text` may mean.

        If the names cannot be loaded, return why.
        """
        ...

    async def file(self, command: Export, caller: Caller, progress: Progress | None = None) -> ExportFile | View:
        """Return the file that `caller` takes, or the view that says why there is none."""
        ...

    async def figures_of(self, entries: Sequence[Entry], caller: Caller) -> Mapping[str, Figures]:
        """Return the figures of customers, by id; none if they cannot be fetched."""
        ...

    async def locale_of(self, caller: Caller, text: str = "", mark: str = "") -> AnswerLocale:
        """Return the locale of an answer. Never raises.

        It answers `text`, or a button of a card in the language `mark`.
        """
        ...

    def welcome(self, caller: Caller) -> View:
        """Return the welcome, which is posted once when the bot is added."""
        ...


class LatestProgress:
    """The progress of an answer: the values of the last call of the progress callback."""

    def __init__(self) -> None:
        self.pages = 0
        self.total: int | None = None
        self.of_customers = False

    def __call__(self, pages: int, total: int | None) -> None:
        """Store the values; this is the `Progress` that the answer receives."""
        self.pages, self.total = int(pages), total
        self.of_customers = isinstance(pages, Customers)
