"""What a handler is given beside the command."""

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
    """Who asks, where, and with what it is answered.

    `shown`: how many rows a button asks for. `known`: the names this user can see, or the error that kept them from
    being loaded; None if the verb needs none. `ask` answers a typed text as the same user.
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
        """The names this user can see.

        Raises the error that kept them from being loaded, and LookupError if the verb's row does not say it needs them.
        """
        if isinstance(self.known, UsageBotError):
            raise self.known
        if self.known is None:
            raise LookupError("the verb's row says that it needs no names")
        return self.known
