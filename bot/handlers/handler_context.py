"""What a handler receives with the command."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.commands.command import Command, Usage
from bot.commands.digest_form import FilledForm
from bot.domain.conversation import Caller, Conversation
from bot.errors import UsageBotError
from bot.export.exporting import ExportMaker
from bot.handlers.digest_port import DigestPort
from bot.names.correction import Correction
from bot.names.name_index import NameIndex
from bot.partner_center.usage_client import Progress
from bot.usage.usage_services import UsageServices
from cards.views.answer_views import View
from cards.views.button_payload import RowButton


@dataclass(frozen=True, slots=True)
class HandlerContext:
    """The caller, the conversation and the services for one command.

    `shown`: up to which row a button asks, `start`: which of them is the first new one. `known`: the names this user
    can see, or the error that kept them from being loaded; None if the verb needs none. `ask` answers another command
    as the same user. `corrected` are the names that were typed otherwise than they are spelled. `sure`: the user was
    asked already whether they mean it. `anothers`: they pressed a button on a card that was made for another person.
    `row`: the mark of the row that a button asks about. `reshapes`: a button asks for other shapes of the answer. `up`:
    the answer is about this row of a list. `files` makes files. `form` is what was typed on the form
    of a digest. `freed`: the question without the limits that only the one before it names. `begun` is when the
    person asked, for `is_forgotten`.
    """

    services: UsageServices
    caller: Caller
    ask: Callable[[Command], Awaitable[View]]
    digests: DigestPort | None = None
    here: Conversation | None = None
    progress: Progress | None = None
    shown: int | None = None
    start: int = 0
    known: NameIndex | UsageBotError | None = None
    corrected: tuple[Correction, ...] = ()
    sure: bool = False
    anothers: bool = False
    row: str = ""
    files: ExportMaker = field(default_factory=ExportMaker)
    reshapes: bool = False
    up: RowButton | None = None
    form: FilledForm | None = None
    freed: Usage | None = None
    begun: int = 0

    def is_forgotten(self) -> bool:
        """Return True if nothing is kept for this user.

        They signed out, or had everything erased, since they asked.
        """
        return self.services.recent.is_forgotten(self.caller, self.begun)

    @property
    def place(self) -> str:
        """The conversation in which it was asked, "" outside of Teams."""
        return "" if self.here is None else self.here.conversation_id

    @property
    def names(self) -> NameIndex:
        """The names that the caller can see.

        Raises the error that prevented loading them, and LookupError when the row of the verb does not ask for names.
        """
        if isinstance(self.known, UsageBotError):
            raise self.known
        if self.known is None:
            raise LookupError("the verb's row says that it needs no names")
        return self.known
