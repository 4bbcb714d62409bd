"""A store on either database, a clock that is set by hand, and digests for it."""

from collections.abc import AsyncIterator, Callable
from datetime import time
from typing import Any

import pytest

from bot.domain.conversation import ConversationKind
from bot.domain.recurrence import Schedule, Weekly
from bot.store import Digest, NewDigestRecord, Store, open_store

COMMAND = '{"v":1,"verb":"usage"}'  # of no matter to the store
NOW = 1_800_000_000.0
DAY = 86_400.0


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Desk:
    """Creates digests, and enqueues what is claimed into a list."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.enqueued: list[tuple[int, int]] = []

    async def add(self, **differing: Any) -> Digest:
        return await self.store.digests.add(draft(**differing))

    async def claim(self, now: float = NOW, limit: int = 100, next_due: Any = None) -> list[Any]:
        return (await self.store.digests.claim(now, limit, next_due or daily, self.enqueue)).runs

    async def soonest(self) -> float | None:
        """Return when the next digest is due or was requested."""
        return (await self.store.digests.claim(NOW, 0, daily, self.enqueue)).soonest

    def enqueue(self, _connection: Any, claim: Any) -> None:
        self.enqueued.append((claim.digest.number, claim.due))


def draft(**differing: Any) -> NewDigestRecord:
    fields: dict[str, Any] = {
        "tenant_id": "TENANT",
        "owner_id": "Ada",
        "owner_name": "Ada Agent",
        "locale": "en-US",
        "time_zone": "Europe/Amsterdam",
        "question": "usage on Exchange",
        "command": COMMAND,
        "schedule": Schedule(Weekly(frozenset({0, 4})), time(8, 30), "Europe/Amsterdam"),
        "conversation_id": "19:chat@thread.v2",
        "kind": ConversationKind.GROUP,
        "team_id": "",
        "reference": "{}",
        "next_due": NOW,
    }
    return NewDigestRecord(**fields | differing)


def daily(digest: Digest, after: float) -> float | None:
    """Return the next due time: each day, at the time of day of the first one."""
    first = digest.created
    return first + ((after - first) // DAY + 1) * DAY


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(database_url: str, clock: Clock) -> AsyncIterator[Store]:
    clock.now = NOW
    async with open_store(database_url, clock) as opened:
        yield opened


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


@pytest.fixture
def make_desk() -> Callable[[Store], Desk]:
    return Desk
