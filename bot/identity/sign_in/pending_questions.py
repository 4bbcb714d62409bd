"""Questions that wait until their caller has signed in.

Depends on the store, not on what a question means. They are encrypted, because a question names customers. Each
question is taken once, on whichever replica the sign-in ended.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import structlog

from bot.domain.conversation import Caller
from bot.identity.tokens.encryption import DecryptionError, Encryptor
from bot.store import Record, Records

log = structlog.get_logger(__name__)

KIND = "question"
SECONDS = 900.0  # after a quarter of an hour the caller no longer expects an answer
MOST = 5
TRIES = 5


@dataclass(frozen=True, slots=True)
class PendingQuestion:
    """A question, and where its answer goes.

    `conversation` identifies the conversation. `reference` is a description of it for the code that posts the answer (a
    conversation reference as JSON). `claims` are those that the sign-in has to satisfy, "" if none. `asked`
    is when it was stored, in Unix seconds; None if a process of the release before has stored it.
    """

    text: str
    conversation: str
    reference: str = field(default="{}", repr=False)
    asked: float | None = field(default=None, compare=False)
    claims: str = field(default="", repr=False, compare=False)


class PendingQuestions:
    """The newest five questions of each person, whose cards promise an answer.

    A question that is asked again in the same conversation waits once. Raises StoreError.
    """

    def __init__(self, records: Records, encryptor: Encryptor, *, clock: Callable[[], float] = time.time) -> None:
        self._records = records
        self._encryptor = encryptor
        self._clock = clock

    async def keep(self, caller: Caller, question: PendingQuestion) -> None:
        """Store `question` until its caller has signed in."""
        for _ in range(TRIES):
            record = await self._records.get(KIND, caller.record_key)
            asked = (question.conversation, question.text)
            others = [each for each in self._open(caller, record) if (each.conversation, each.text) != asked]
            newest = replace(question, asked=self._clock())
            encrypted = self._encryptor.seal([*others, newest][-MOST:], _about(caller))
            expires = self._clock() + SECONDS
            if record is None:
                saved = await self._records.add(KIND, caller.record_key, encrypted, expires=expires)
            else:
                saved = await self._records.replace(
                    KIND, caller.record_key, encrypted, version=record.version, expires=expires
                )
            if saved is not None:
                return
        log.warning("pending_question_not_stored", tenant=caller.key[0])

    async def take(self, caller: Caller) -> tuple[PendingQuestion, ...]:
        """Return and delete all pending questions of this person, oldest first."""
        return tuple(self._open(caller, await self._records.take(KIND, caller.record_key)))

    async def look(self, caller: Caller) -> tuple[PendingQuestion, ...]:
        """Return all pending questions of this person, oldest first. Deletes none."""
        return tuple(self._open(caller, await self._records.get(KIND, caller.record_key)))

    async def people(self) -> list[Caller]:
        """Return everyone whose questions wait, by their ids."""
        keys = (key.split("|") for key in await self._records.keys(KIND))
        return [Caller(key[0], key[1]) for key in keys if len(key) == 2]

    async def forget(self, caller: Caller) -> None:
        """Delete the pending questions of this person."""
        await self._records.delete(KIND, caller.record_key)

    def _open(self, caller: Caller, record: Record | None) -> list[PendingQuestion]:
        if record is None:
            return []
        try:
            found = self._encryptor.unseal(record.value, _about(caller), list[PendingQuestion])
        except DecryptionError:
            log.warning("pending_questions_unreadable", tenant=caller.key[0])
            return []
        # The database says when a record expires, but not how old it is: it may have been put back.
        oldest = self._clock() - SECONDS
        return [each for each in found if each.asked is None or each.asked > oldest]


def _about(caller: Caller) -> str:
    return f"{KIND}|{caller.record_key}"
