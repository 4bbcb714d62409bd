"""The cached states of runs: they save reading, and may be dropped at any time."""

from typing import Any

import pytest

from bot.digests.runs import run_state
from bot.digests.runs.run_id import RunId
from bot.digests.runs.run_state import RunStates
from bot.store.digests.occurrence import Occurrence, OccurrenceState

DUE = OccurrenceState.DUE


class Ledger:
    """A ledger with an occurrence for every run.

    It counts how often one was read, and lets `advance` succeed or not.
    """

    def __init__(self) -> None:
        self.read: list[int] = []
        self.advances = True

    async def get(self, number: int, due: int) -> Occurrence:
        self.read.append(number)
        return Occurrence(
            number=number,
            due=due,
            state=DUE,
            attempt=1,
            skipped_earlier=False,
            manual=False,
            report=None,
            payload=None,
            activity_id="",
            problem="",
            started=0.0,
            finished=None,
            executor="",
        )

    async def advance(self, *_: object, **__: object) -> bool:
        return self.advances


class Digests:
    async def get(self, number: int) -> None:
        return None


class Store:
    def __init__(self) -> None:
        self.ledger, self.digests = Ledger(), Digests()


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def states(store: Any, monkeypatch: pytest.MonkeyPatch) -> RunStates:
    monkeypatch.setattr(run_state, "REMEMBERED", 2)
    return RunStates(store)


def run(number: int) -> RunId:
    return RunId(number, 60)


async def test_run_is_read_once_unless_fresh_is_asked_for(store: Store, states: RunStates) -> None:
    assert await states.of(run(1)) is await states.of(run(1))
    assert store.ledger.read == [1]
    await states.of(run(1), fresh=True)
    assert store.ledger.read == [1, 1]


async def test_most_recent_run_stays_cached_when_there_are_too_many(store: Store, states: RunStates) -> None:
    for number in (1, 2, 1, 3, 1):
        await states.of(run(number))
    assert store.ledger.read == [1, 2, 3]
    await states.of(run(2))
    assert store.ledger.read == [1, 2, 3, 2]


async def test_advanced_run_is_cached_with_its_changes(store: Store, states: RunStates) -> None:
    await states.of(run(1))
    assert await states.advance(run(1), [DUE], OccurrenceState.FETCHED, report=b"r")
    known = await states.of(run(1))
    assert known is not None
    assert (known.occurrence.state, known.occurrence.report) == (OccurrenceState.FETCHED, b"r")
    assert store.ledger.read == [1]


async def test_run_is_read_again_when_another_replica_advanced_it(store: Store, states: RunStates) -> None:
    await states.of(run(1))
    store.ledger.advances = False
    assert not await states.advance(run(1), [DUE], OccurrenceState.FETCHED)
    await states.of(run(1))
    assert store.ledger.read == [1, 1]
