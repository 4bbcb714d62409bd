"""Questions that wait until their asker has signed in. Knows the store; nothing of what a question means.

They are sealed: a question names customers. Whoever takes a person's questions gets each once, whichever replica the
sign-in ended on.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
import structlog

from bot.domain.conversation import Caller
from bot.identity.tokens.encryption import DecryptionError, Encryptor
from bot.store import Record, Records

log = structlog.get_logger(__name__)

KIND = "question"
SECONDS = 900.0  # after a quarter of an hour an answer would come out of the blue
MOST = 5
TRIES = 5


@dataclass(frozen=True, slots=True)
class PendingQuestion:
    """A question and where its answer goes: `conversation` identifies the place, `reference` is the room's own
    description of it (a conversation reference as JSON)."""

    text: str
    conversation: str
    reference: str = field(default="{}", repr=False)


class PendingQuestions:
    """Up to five questions a person, one per conversation: a newer one replaces the older. Raises StoreError."""

    def __init__(self, records: Records, sealer: Encryptor, *, clock: Callable[[], float] = time.time) -> None:
        self._records = records
        self._sealer = sealer
        self._clock = clock

    async def keep(self, caller: Caller, question: PendingQuestion) -> None:
        """Keep `question` until its asker has signed in."""
        for _ in range(TRIES):
            record = await self._records.get(KIND, _key(caller))
            others = [each for each in self._open(caller, record) if each.conversation != question.conversation]
            sealed = self._sealer.seal(msgspec.json.encode([*others, question][-MOST:]), _about(caller))
            expires = self._clock() + SECONDS
            if record is None:
                saved = await self._records.add(KIND, _key(caller), sealed, expires=expires)
            else:
                saved = await self._records.replace(KIND, _key(caller), sealed, version=record.version, expires=expires)
            if saved is not None:
                return
        log.warning("question_not_kept", tenant=caller.key[0])

    async def take(self, caller: Caller) -> tuple[PendingQuestion, ...]:
        """Everything this person waits for, oldest first; it is gone afterwards."""
        return tuple(self._open(caller, await self._records.take(KIND, _key(caller))))

    async def look(self, caller: Caller) -> tuple[PendingQuestion, ...]:
        """Everything this person waits for, oldest first; it goes on waiting."""
        return tuple(self._open(caller, await self._records.get(KIND, _key(caller))))

    async def forget(self, caller: Caller) -> None:
        """Drop what this person waits for."""
        await self._records.delete(KIND, _key(caller))

    def _open(self, caller: Caller, record: Record | None) -> list[PendingQuestion]:
        if record is None:
            return []
        try:
            return msgspec.json.decode(self._sealer.open(record.value, _about(caller)), type=list[PendingQuestion])
        except (DecryptionError, msgspec.MsgspecError):
            log.warning("waiting_questions_unreadable", tenant=caller.key[0])
            return []


def _key(caller: Caller) -> str:
    return "|".join(caller.key)


def _about(caller: Caller) -> str:
    return f"{KIND}|{_key(caller)}"
