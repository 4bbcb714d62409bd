"""Promised answers in a real database, also those that a dead process has left."""

import asyncio
from typing import Any

import pytest

from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.identity.promised_answers import LEASE, OLDEST, PromisedAnswers
from bot.identity.tokens.encryption import Encryptor
from bot.store import Store
from bot.teams.promised.turn_promises import TurnPromises
from bot.teams.turn.cancellations import Cancelling
from tests.integration.identity.still_clock import StillClock

ADA = Caller("Tenant", "Ada", "Ada Agent")
BEN = Caller("Tenant", "Ben")
OLD, NEW = b"o" * 32, b"n" * 32


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def process(store: Store, clock: StillClock) -> Any:
    """Return a function that makes the promises of one process."""
    return lambda key=OLD: PromisedAnswers(store.turns, Encryptor([key]), clock=clock)


async def test_promise_of_a_dead_process_is_found_with_all_that_it_says(process: Any, clock: StillClock) -> None:
    key = await process().make(ADA, "usage for TEST COMPANY", "{}")
    clock.now += LEASE + 1
    (broken,) = await process().broken()
    assert (broken.key, broken.question, broken.reference, broken.card) == (key, "usage for TEST COMPANY", "{}", "")
    assert broken.caller.key == ADA.key
    assert not broken.is_late


async def test_card_of_a_promise_is_noted(process: Any, clock: StillClock) -> None:
    promised = process()
    await promised.show(await promised.make(ADA, "help", "{}"), "17")
    clock.now += LEASE + 1
    assert [each.card for each in await process().broken()] == ["17"]


async def test_promise_of_a_living_process_is_not_broken(process: Any, clock: StillClock) -> None:
    promised, other = process(), process()
    await promised.make(ADA, "help", "{}")
    for _ in range(10):
        clock.now += LEASE / 2
        assert await promised.broken() == await other.broken() == []


async def test_kept_promise_is_gone(process: Any, store: Store, clock: StillClock) -> None:
    promised = process()
    await promised.keep(await promised.make(ADA, "help", "{}"))
    assert await store.turns.count() == 0


async def test_promise_that_was_left_is_found_a_minute_later(process: Any, clock: StillClock) -> None:
    promised = process()
    promised.leave(await promised.make(ADA, "help", "{}"))
    assert await promised.broken() == []
    clock.now += LEASE + 1
    assert len(await promised.broken()) == 1


async def test_promise_is_of_its_process_until_it_is_kept_or_left(process: Any) -> None:
    promised, other = process(), process()
    kept, left = [await promised.make(ADA, "help", "{}") for _ in range(2)]
    assert [each.is_made_here(key) for each in (promised, other) for key in (kept, left)] == [True, True, False, False]
    await promised.keep(kept)
    promised.leave(left)
    assert not any(promised.is_made_here(each) for each in (kept, left))


async def test_answer_that_is_being_posted_is_too_late_to_cancel(process: Any) -> None:
    promised = process()
    key = await promised.make(ADA, "help", "{}")
    assert await TurnPromises(promised).cancel(key, ADA) is Cancelling.ANSWERED
    assert await TurnPromises(process()).cancel(key, ADA) is Cancelling.ASKED


async def test_broken_promise_is_given_to_one_process(process: Any, clock: StillClock) -> None:
    for _ in range(20):
        await process().make(ADA, "help", "{}")
    clock.now += LEASE + 1
    found = await asyncio.gather(*(process().broken() for _ in range(4)))
    assert sorted(len(each) for each in found) == sorted(len({one.key for one in each}) for each in found)
    keys = [one.key for each in found for one in each]
    assert (len(keys), len(set(keys))) == (20, 20)


async def test_promise_is_given_again_if_who_got_it_died_too(process: Any, clock: StillClock) -> None:
    await process().make(ADA, "help", "{}")
    clock.now += LEASE + 1
    assert len(await process().broken()) == 1
    assert await process().broken() == []
    clock.now += LEASE + 1
    assert len(await process().broken()) == 1


async def test_promise_of_an_hour_ago_is_late(process: Any, clock: StillClock) -> None:
    await process().make(ADA, "help", "{}")
    clock.now += OLDEST + 1
    assert [each.is_late for each in await process().broken()] == [True]


async def test_promise_that_cannot_be_read_is_deleted(process: Any, store: Store, clock: StillClock) -> None:
    await process(OLD).make(ADA, "help", "{}")
    clock.now += LEASE + 1
    other = process(NEW)
    assert await other.broken() == []
    await other.broken()
    assert await store.turns.count() == 0


async def test_row_that_was_given_to_another_person_is_not_read(process: Any, store: Store, clock: StillClock) -> None:
    await process().make(ADA, "help", "{}")
    clock.now += LEASE + 1
    (row,) = await store.turns.lapsed(clock.now, 9)
    await store.turns.close([row.key])
    await store.turns.open(type(row)(row.key, *BEN.key, row.opened, row.lease, row.card, row.value))
    assert await process().broken() == []


async def test_forget_erases_the_promises_to_one_person(process: Any, store: Store) -> None:
    promised = process()
    await promised.make(ADA, "help", "{}")
    await promised.make(BEN, "help", "{}")
    await promised.forget(ADA)
    assert await store.turns.count() == 1


class Failing:
    """A store whose first calls fail, after they had their effect if `after`."""

    def __init__(self, turns: Any, *, after: bool, times: int = 1) -> None:
        self._turns, self._after, self._left = turns, after, times

    def __getattr__(self, name: str) -> Any:
        async def call(*args: Any) -> Any:
            if self._left:
                self._left -= 1
                if self._after:
                    await getattr(self._turns, name)(*args)
                raise StoreError("the database is away")
            return await getattr(self._turns, name)(*args)

        return call


@pytest.mark.parametrize("after", [True, False])
async def test_promise_whose_writing_failed_leaves_nothing(after: bool, store: Store, clock: StillClock) -> None:
    turns: Any = Failing(store.turns, after=after)
    promised = PromisedAnswers(turns, Encryptor([OLD]), clock=clock)
    assert await promised.make(ADA, "help", "{}") == ""
    assert await promised.broken() == []
    assert await store.turns.count() == 0


async def test_promise_that_could_not_be_deleted_is_deleted_later(
    process: Any, store: Store, clock: StillClock
) -> None:
    turns: Any = Failing(store.turns, after=False, times=0)
    promised = PromisedAnswers(turns, Encryptor([OLD]), clock=clock)
    key = await promised.make(ADA, "help", "{}")
    turns._left = 1
    await promised.keep(key)
    assert await store.turns.count() == 1
    clock.now += LEASE / 2
    assert await promised.broken() == []
    assert await store.turns.count() == 0


async def test_nothing_of_a_question_is_readable_in_the_database(process: Any, store: Store, clock: StillClock) -> None:
    await process().make(ADA, "usage for TEST COMPANY", '{"place": "19:sales"}')
    clock.now += LEASE + 1
    (row,) = await store.turns.lapsed(clock.now, 9)
    assert b"TEST" not in row.value
    assert b"sales" not in row.value


async def test_card_that_could_not_be_noted_is_noted_later(process: Any, store: Store, clock: StillClock) -> None:
    turns: Any = Failing(store.turns, after=False, times=0)
    promised = PromisedAnswers(turns, Encryptor([OLD]), clock=clock)
    key = await promised.make(ADA, "help", "{}")
    turns._left = 1
    await promised.show(key, "17")
    await promised.broken()
    clock.now += LEASE + 1
    assert [each.card for each in await process().broken()] == ["17"]


async def test_promise_that_is_being_ended_stays_with_its_process(process: Any, clock: StillClock) -> None:
    """The connector may take longer than the lease."""
    await process().make(ADA, "help", "{}")
    clock.now += LEASE + 1
    ending, other = process(), process()
    (promise,) = await ending.broken()
    for _ in range(4):
        clock.now += LEASE / 2
        assert await other.broken() == await ending.broken() == []
    ending.leave(promise.key)
    clock.now += LEASE + 1
    assert len(await other.broken()) == 1


class Hanging:
    """A store that never answers."""

    def __getattr__(self, name: str) -> Any:
        async def call(*_: Any) -> Any:
            await asyncio.Event().wait()

        return call


@pytest.mark.timeout(20)
async def test_no_answer_waits_for_a_database_that_hangs(clock: StillClock) -> None:
    turns: Any = Hanging()
    promised = PromisedAnswers(turns, Encryptor([OLD]), clock=clock, patience=0.01)
    assert await promised.make(ADA, "help", "{}") == ""
    await promised.show("key", "17")
    await promised.keep("key")


async def test_promise_is_cancelled_by_its_person_alone(process: Any) -> None:
    promised, other = process(), process()
    key = await promised.make(ADA, "help", "{}")
    assert not await other.cancel([key], BEN)
    assert await promised.cancelled() == []
    assert await other.cancel([key], ADA)
    assert (await promised.cancelled(), await other.cancelled()) == ([key], [])


async def test_kept_promise_cannot_be_cancelled(process: Any) -> None:
    promised = process()
    key = await promised.make(ADA, "help", "{}")
    assert await promised.is_open(key)
    await promised.keep(key)
    assert not await promised.cancel([key], ADA)
    assert not await promised.is_open(key)


async def test_promises_to_a_person_are_found_by_every_process(process: Any) -> None:
    await process().make(ADA, "usage", "here")
    await process().make(BEN, "help", "there")
    (found,) = await process().to(ADA)
    assert (found.question, found.reference, found.cancelled) == ("usage", "here", False)


async def test_broken_promise_says_that_it_was_cancelled(process: Any, clock: StillClock) -> None:
    promised = process()
    await promised.cancel([await promised.make(ADA, "help", "{}")], ADA)
    clock.now += LEASE + 1
    assert [each.cancelled for each in await process().broken()] == [True]
