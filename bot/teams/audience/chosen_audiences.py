"""What people chose about who may read their answers, for half a year.

Depends on the store. No person is named in a record: key and readers are digests.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from bot.domain.conversation import Caller
from bot.domain.key_hash import key_hash

if TYPE_CHECKING:
    from bot.store import Records

KIND = "audience"
SECONDS = 180 * 86_400.0
MOST = 2_000  # outsiders of one conversation whose marks are kept


class Choice(msgspec.Struct, frozen=True):
    """Who may read the answers of a person in a conversation.

    `everybody`: also the outsiders with the marks in `outsiders`; else the person alone. Later ones were not meant.
    """

    everybody: bool
    outsiders: frozenset[str] = frozenset()

    def covers(self, marks: frozenset[str]) -> bool:
        """Return True if the person chose to post for all outsiders with these marks."""
        return self.everybody and marks <= self.outsiders


class ChosenAudiences:
    """The choices of all people. `clock` returns Unix seconds. Raises StoreError."""

    def __init__(self, records: "Records", clock: Callable[[], float] = time.time) -> None:
        self._records = records
        self._clock = clock

    async def chosen(self, caller: Caller, conversation_id: str) -> Choice | None:
        """Return what the person chose in this conversation.

        None if they were not asked, or long ago.
        """
        record = await self._records.get(KIND, _key(caller, conversation_id))
        try:
            return None if record is None else msgspec.json.decode(record.value, type=Choice)
        except msgspec.MsgspecError:
            return None

    async def keep(self, caller: Caller, conversation_id: str, choice: Choice) -> None:
        """Store what the person chose."""
        kept = msgspec.structs.replace(choice, outsiders=frozenset(sorted(choice.outsiders)[:MOST]))
        key, ends = _key(caller, conversation_id), self._clock() + SECONDS
        await self._records.put(KIND, key, msgspec.json.encode(kept), expires=ends)


def marks_of(ids: frozenset[str]) -> frozenset[str]:
    """Return marks by which people are recognized, but not identified."""
    return frozenset(key_hash(each)[:16] for each in ids)


def _key(caller: Caller, conversation_id: str) -> str:
    return key_hash("/".join((*caller.key, conversation_id)))
