"""The welcome after an installation.

Teams reports an installation in two activities, in any order. Neither has the name of the person,
and only one of them has the language of the person.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from cachetools import TTLCache

from bot.domain.conversation import Caller
from bot.teams.activity.activity_caller import locale_named_by
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.turn.answering_port import Answering
from bot.teams.turn.message_sender import MessageSender
from bot.teams.turn.turn import Turn

REMEMBERED = 10_000
REMEMBERED_SECONDS = 3_600.0  # the two activities come within seconds

# Returns the name of the sender of an activity, "" if it is not known. Raises nothing.
FindName = Callable[[IncomingActivity], Awaitable[str]]


@dataclass(slots=True)
class _Posted:
    """The welcome of a conversation.

    `sender` and `greeted` are kept while the other activity may name another language.
    """

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    is_posted: bool = False
    id: str | None = None
    language: str = ""
    sender: MessageSender | None = None
    greeted: Caller | None = None


class Welcome:
    """Posts one welcome for an installation.

    `name_of` looks the person up.
    """

    def __init__(self, answers: Answering, name_of: FindName) -> None:
        self._answers = answers
        self._name_of = name_of
        self._posted: TTLCache[str, _Posted] = TTLCache(REMEMBERED, REMEMBERED_SECONDS)

    async def post(self, turn: Turn) -> None:
        """Post the welcome once.

        It is put in the language of the second activity if the first has none.
        Raises DeliveryError; then the other activity tries again.
        """
        posted = self._posted.setdefault(turn.incoming.conversation_id, _Posted())
        async with posted.lock:
            if posted.is_posted:
                await self._reword(posted, turn)
            else:
                await self._post(posted, turn)

    def forget(self, conversation_id: str) -> None:
        """Forget the conversation, after the bot was removed."""
        self._posted.pop(conversation_id, None)

    async def _post(self, posted: _Posted, turn: Turn) -> None:
        greeted = await self._greeted(turn)
        posted.id = await turn.post(self._answers.welcome(greeted))
        posted.is_posted = True
        posted.language = turn.words.language
        if locale_named_by(turn.incoming) is None:
            posted.sender, posted.greeted = turn.sender, greeted

    async def _greeted(self, turn: Turn) -> Caller:
        """Return the person to greet.

        Outside a 1:1 chat the welcome is for all members, not for the person who added the bot: no name.
        """
        if turn.caller is None or not turn.incoming.is_personal:
            return Caller("", "", locale=turn.words.locale)
        return turn.caller if turn.caller.name else replace(turn.caller, name=await self._name_of(turn.incoming))

    async def _reword(self, posted: _Posted, turn: Turn) -> None:
        """Put the welcome in the language of this activity, with its examples.

        Only if the first one had none.
        """
        sender, greeted, message_id = posted.sender, posted.greeted, posted.id
        if sender is None or greeted is None or message_id is None or locale_named_by(turn.incoming) is None:
            return
        posted.sender = posted.greeted = None
        if turn.words.language != posted.language:
            view = self._answers.welcome(replace(greeted, locale=turn.words.locale))
            await sender.replace(message_id, turn.draw(view).message())
