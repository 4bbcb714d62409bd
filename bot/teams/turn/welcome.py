"""The welcome after an installation.

Teams reports an installation in two activities, in any order, perhaps to two processes. Neither has the name of the
person, and only one of them has the language of the person.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec
import structlog
from cachetools import TTLCache

from bot.domain.conversation import Caller
from bot.domain.key_hash import key_hash
from bot.errors import DeliveryError, StoreError
from bot.teams.activity.activity_caller import locale_named_by
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.turn.answering_port import Answering
from bot.teams.turn.message_sender import MessageSender
from bot.teams.turn.turn import Turn

if TYPE_CHECKING:
    from bot.store import Records

log = structlog.get_logger(__name__)

REMEMBERED = 10_000
REMEMBERED_SECONDS = 3_600.0  # the two activities come within seconds
KIND = "welcome"
# Seconds in which a process posts the welcome that it claimed. If it dies, the next installation is greeted.
POSTING_SECONDS = 60.0
TRIES = 5

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


class _Shared(msgspec.Struct, frozen=True):
    """The welcome as all processes see it.

    `id` is that of its message, "" while it is being posted. `named`: its language is the one that Teams named.
    `wanted` is the locale of an activity that came while it was being posted.
    """

    id: str = ""
    language: str = ""
    named: bool = False
    wanted: str = ""


class Welcome:
    """Posts one welcome for an installation.

    `name_of` looks the person up. `records` are shared with other processes; None if there are no others. `clock`
    returns Unix seconds.
    """

    def __init__(
        self,
        answers: Answering,
        name_of: FindName,
        records: "Records | None" = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._answers = answers
        self._name_of = name_of
        self._records = records
        self._clock = clock
        self._posted: TTLCache[str, _Posted] = TTLCache(REMEMBERED, REMEMBERED_SECONDS)

    async def post(self, turn: Turn) -> None:
        """Post the welcome once.

        It is put in the language of the second activity if the first has none.
        Raises DeliveryError; then the other activity tries again.
        """
        posted = self._posted.setdefault(turn.incoming.conversation_id, _Posted())
        async with posted.lock:
            if self._records is not None:
                try:
                    await self._post_shared(self._records, posted, turn)
                except StoreError as error:
                    log.warning("welcome_not_claimed", problem=str(error))
                else:
                    return
            if posted.is_posted:
                await self._reword(posted, turn)
            else:
                await self._post(posted, turn)

    async def forget(self, conversation_id: str) -> None:
        """Forget the conversation, after the bot was removed."""
        self._posted.pop(conversation_id, None)
        if self._records is not None:
            try:
                await self._records.delete(KIND, key_hash(conversation_id))
            except StoreError as error:
                log.warning("welcome_not_claimed", problem=str(error))

    async def _post_shared(self, records: "Records", posted: _Posted, turn: Turn) -> None:
        """Post the welcome if no other process does, else reword it. Raises StoreError before anything is posted."""
        key = key_hash(turn.incoming.conversation_id)
        version = await records.add(KIND, key, msgspec.json.encode(_Shared()), expires=self._clock() + POSTING_SECONDS)
        if version is None:
            await self._reword_shared(records, key, turn)
            return
        try:
            await self._post(posted, turn)
        except DeliveryError:
            await records.delete(KIND, key)
            raise
        named = locale_named_by(turn.incoming) is not None
        shared = _Shared(posted.id or "", turn.words.language, named)
        try:
            if not await self._saved(records, key, shared, version):
                await self._reword_wanted(records, key, shared, turn)
        except StoreError as error:
            log.warning("welcome_not_claimed", problem=str(error))

    async def _reword_wanted(self, records: "Records", key: str, shared: _Shared, turn: Turn) -> None:
        """Put the welcome in the language of the activity that another process has, which came meanwhile."""
        record = await records.get(KIND, key)
        wanted = "" if record is None else msgspec.json.decode(record.value, type=_Shared).wanted
        if record is None or not await self._saved(
            records, key, msgspec.structs.replace(shared, named=True), record.version
        ):
            return
        words = turn.drawing.words(wanted)
        if wanted and not shared.named and words.language != shared.language:
            await self._replace(shared.id, replace(turn, words=words))

    async def _reword_shared(self, records: "Records", key: str, turn: Turn) -> None:
        """Put the welcome of any process in the language of this activity, if the first one had none."""
        if locale_named_by(turn.incoming) is None:
            return
        for _ in range(TRIES):
            if (record := await records.get(KIND, key)) is None:
                return
            shared = msgspec.json.decode(record.value, type=_Shared)
            if shared.named or shared.wanted or shared.language == turn.words.language:
                return
            change = {"named": True} if shared.id else {"wanted": turn.words.locale}
            if await self._saved(records, key, msgspec.structs.replace(shared, **change), record.version):
                if shared.id:
                    await self._replace(shared.id, turn)
                return

    async def _saved(self, records: "Records", key: str, shared: _Shared, version: int) -> bool:
        expires = self._clock() + (REMEMBERED_SECONDS if shared.id else POSTING_SECONDS)
        value = msgspec.json.encode(shared)
        return await records.replace(KIND, key, value, version=version, expires=expires) is not None

    async def _replace(self, message_id: str, turn: Turn) -> None:
        view = self._answers.welcome(replace(await self._greeted(turn), locale=turn.words.locale))
        await turn.sender.replace(message_id, turn.draw(view).message())

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
