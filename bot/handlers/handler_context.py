"""What a handler receives with the command."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.domain.conversation import Caller, Conversation
from bot.errors import UsageBotError
from bot.handlers.digest_port import DigestPort
from bot.names.name_index import NameIndex
from bot.partner_center.usage_client import Progress
from bot.usage.usage_services import UsageServices
from cards.views.answer_views import View


@dataclass(frozen=True, slots=True)
class HandlerContext:
    """The caller, the conversation and the services for one command.

    `shown`: how many rows a button asks for. `known`: the names that the caller can see, or the error that prevented
    loading them; None if the verb needs no names. `ask` answers a typed text as the same caller.
    """

    services: UsageServices
    caller: Caller
    ask: Callable[[str], Awaitable[View]]
    digests: DigestPort | None = None
    here: Conversation | None = None
    progress: Progress | None = None
    shown: int | None = None
    known: NameIndex | UsageBotError | None = None

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
