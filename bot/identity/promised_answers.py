"""Questions that the bot has promised to answer.

They are in the store that all replicas share.

Encrypted, because a question names customers. What a question means, and how an answer is posted, is unknown here.

A promise is written down only when a person sees it, because most answers come at once. Its process extends it. One
whose time is over was made by a process that died: any replica may end it, once.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from secrets import token_hex

import structlog

from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.identity.tokens.encryption import DecryptionError, Encryptor
from bot.store import OpenTurn, OpenTurns

log = structlog.get_logger(__name__)

# Seconds. Longer than the database may be away: a promise that cannot be extended would count as broken.
LEASE = 60.0
# After an hour the person no longer expects an answer.
OLDEST = 3_600.0
MOST_AT_ONCE = 100
# Seconds that an answer waits until its promise is written down.
PATIENCE = 3.0


@dataclass(frozen=True, slots=True)
class BrokenPromise:
    """A question that was not answered, whose it is, and where it was asked.

    `reference` is a description of the place for the code that posts there (a conversation reference as JSON). `card`
    is the id of the message that promises the answer, "" if there is none. `asked` names what Teams sent ("": nothing),
    and since when the promise is there, in Unix seconds, says `opened`; it was found after `age` seconds.
    `cancelled`: its person wants no answer any more.
    """

    key: str
    caller: Caller
    question: str = field(repr=False)
    reference: str = field(repr=False)
    card: str
    asked: str
    opened: float
    age: float
    cancelled: bool = False

    @property
    def is_late(self) -> bool:
        """Whether its person no longer waits for it."""
        return self.age > OLDEST


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    reference: str
    asked: str = ""


class PromisedAnswers:
    """The promises of this process, and those of dead ones.

    An answer does not depend on whether its promise is written down, so making and keeping one raises nothing.
    """

    def __init__(
        self,
        turns: OpenTurns,
        encryptor: Encryptor,
        *,
        clock: Callable[[], float] = time.time,
        patience: float = PATIENCE,
    ) -> None:
        self._patience = patience
        self._turns = turns
        self._encryptor = encryptor
        self._clock = clock
        self._open: set[str] = set()
        self._made: set[str] = set()  # of `_open`: those of this process, not those that it took over
        self._kept: set[str] = set()
        self._cards: dict[str, str] = {}  # by the key of their promise, those that are not noted yet

    async def make(self, caller: Caller, question: str, reference: str, card: str = "", asked: str = "") -> str:
        """Write down that `question` will be answered; `asked` names what Teams sent.

        Return the key; "" if that failed.
        """
        key, now = token_hex(16), self._clock()
        sealed = self._encryptor.seal(_Asked(question, reference, asked), _about(key, *caller.key))
        self._open.add(key)  # before it is stored: a cancelled write may have been made
        self._made.add(key)
        if await self._in_time(self._turns.open(OpenTurn(key, *caller.key, now, now + LEASE, card, sealed))):
            return key
        self._let_go(key)
        self._kept.add(key)  # the database may have stored it and lost its answer
        return ""

    async def show(self, key: str, card: str) -> None:
        """Note which message makes the promise.

        If that fails, it is noted later.
        """
        self._cards[key] = card
        await self._in_time(self._note_cards())

    async def keep(self, key: str) -> None:
        """Delete the promise, because its question is answered.

        If that fails, it is deleted later.
        """
        self._let_go(key)
        self._cards.pop(key, None)
        self._kept.add(key)
        await self._in_time(self._delete_kept())

    def leave(self, key: str) -> None:
        """Leave the promise to another process: this one could not keep it."""
        self._let_go(key)

    def is_made_here(self, key: str) -> bool:
        """Return True if this process made the promise, and prepares or posts it."""
        return key in self._made

    async def extend(self) -> None:
        """Say that the process of these promises is alive.

        What could not be written is written. Raises StoreError.
        """
        await self._delete_kept()
        await self._note_cards()
        if self._open:
            await self._turns.extend(tuple(self._open), self._clock() + LEASE)

    async def broken(self) -> list[BrokenPromise]:
        """Extend the promises of this process, and return those that it has to end.

        Other processes get none of these until they are left. Raises StoreError.
        """
        await self.extend()
        now = self._clock()
        found = []
        for turn in await self._turns.lapsed(now, MOST_AT_ONCE):
            if not await self._turns.claim(turn, now + LEASE):
                continue
            if (promise := self._opened(turn, now)) is None:
                self._kept.add(turn.key)
            else:
                self._open.add(turn.key)
                found.append(promise)
        return found

    async def cancel(self, keys: Collection[str], caller: Caller) -> bool:
        """Note that `caller` wants these answers no longer. Raises StoreError.

        The processes that prepare them find that. Return False if none of them is promised to `caller`.
        """
        return bool(await self._turns.cancel(keys, *caller.key))

    async def is_open(self, key: str) -> bool:
        """Return True if this answer is promised to any person. Raises StoreError."""
        return await self._turns.is_open(key)

    async def to(self, caller: Caller) -> list[BrokenPromise]:
        """Return what is promised to `caller`, by any process. Raises StoreError."""
        now = self._clock()
        found = [self._opened(turn, now) for turn in await self._turns.of(*caller.key, MOST_AT_ONCE)]
        return [promise for promise in found if promise is not None]

    async def cancelled(self) -> list[str]:
        """Return the promises of this process that were cancelled elsewhere.

        Raises StoreError.
        """
        return await self._turns.cancelled(tuple(self._open)) if self._open else []

    async def forget(self, caller: Caller) -> None:
        """Erase all promises to this person. Raises StoreError."""
        await self._turns.forget(*caller.key)

    def _let_go(self, key: str) -> None:
        self._open.discard(key)
        self._made.discard(key)

    async def _in_time(self, change: Awaitable[None]) -> bool:
        """Make a change for which no answer waits long. Return False if it was not made, as far as is known."""
        try:
            async with asyncio.timeout(self._patience):
                await change
        except (StoreError, TimeoutError) as error:
            log.warning("promise_not_stored", problem=str(error) or "the database takes too long")
            return False
        return True

    async def _note_cards(self) -> None:
        for key, card in list(self._cards.items()):
            await self._turns.show(key, card)
            self._cards.pop(key, None)

    async def _delete_kept(self) -> None:
        kept = tuple(self._kept)
        if kept:
            await self._turns.close(kept)
            self._kept.difference_update(kept)

    def _opened(self, turn: OpenTurn, now: float) -> BrokenPromise | None:
        """Return the promise; None if it cannot be read, as after a key was taken away."""
        try:
            asked = self._encryptor.unseal(turn.value, _about(turn.key, turn.tenant_id, turn.person_id), _Asked)
        except DecryptionError:
            log.warning("promise_unreadable", tenant=turn.tenant_id)
            return None
        caller = Caller(turn.tenant_id, turn.person_id)
        age = now - turn.opened
        return BrokenPromise(
            turn.key, caller, asked.question, asked.reference, turn.card, asked.asked, turn.opened, age, turn.cancelled
        )


def _about(key: str, tenant_id: str, person_id: str) -> str:
    return f"open_turn|{key}|{tenant_id}|{person_id}"
