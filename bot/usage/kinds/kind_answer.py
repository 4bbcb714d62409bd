"""An answer of another kind than the figures of a day. Pure."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol, runtime_checkable

from bot.commands.command import Usage
from bot.domain.conversation import Caller
from bot.language.marking.worded_sentence import ENGLISH
from bot.names.name_index import NameIndex
from bot.partner_center.usage_client import Progress
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_services import UsageServices
from cards.views.answer_views import ErrorView, View


@dataclass(frozen=True, slots=True)
class ShownPart:
    """Which part of an answer a card shows, and for whom.

    Rows up to `shown`, of which those from `start` are new. `digests`: offer to post the answer regularly. `today` is
    the date of the reader, `language` a tag such as `nl-BE`. `posted`: it is the content of a digest, which stays.
    `whole`: every row, for a terminal.
    """

    shown: int
    start: int = 0
    digests: bool = False
    today: date | None = None
    language: str = ENGLISH
    posted: bool = False
    whole: bool = False


@runtime_checkable
class KindAnswer(Protocol):
    """An answer of one kind.

    It has the question, the plan that was carried out for it, and what was found.
    """

    @property
    def command(self) -> Usage:
        """The question."""
        ...

    @property
    def plan(self) -> QueryPlan:
        """The names of the question, as they were found."""
        ...

    @property
    def begun(self) -> int | None:
        """The mark of its begin, for `RecentReports.keep`."""
        ...

    @property
    def rows(self) -> int:
        """The number of rows that are kept."""
        ...

    def view(self, part: ShownPart) -> View:
        """Return what a card shows of the answer."""
        ...

    def packed(self) -> bytes:
        """Return all that `KindMaker.unpack` needs."""
        ...


Ask = Callable[
    [Usage, QueryPlan, Caller, NameIndex, UsageServices, Progress | None],
    Awaitable[KindAnswer | ErrorView],
]


class KindMaker(NamedTuple):
    """How the answers of one kind are made.

    `ask` gets the question and its plan, and raises PartnerCenterError and NotSignedInError. `unpack` returns None for
    bytes that its kind did not pack.
    """

    ask: Ask
    unpack: Callable[[bytes], KindAnswer | None]
