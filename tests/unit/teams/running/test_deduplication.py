"""Each activity is handled once, each conversation greeted once.

The clock is a given one.
"""

import asyncio

import pytest

from bot.teams.activity.http_reply import Reply
from bot.teams.running.deduplication import Deduplicator, FirstTime

DONE = Reply(200)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Work:
    """Starts tasks and counts them."""

    def __init__(self) -> None:
        self.begun = 0

    def start(self) -> asyncio.Task[Reply]:
        self.begun += 1
        return asyncio.create_task(self.run())

    async def run(self) -> Reply:
        return DONE


class Broken(Work):
    async def run(self) -> Reply:
        raise ZeroDivisionError


async def settle() -> None:
    for _ in range(3):
        await asyncio.sleep(0)


async def test_repeated_activity_gets_the_same_reply_during_and_after_the_turn() -> None:
    work, once = Work(), Deduplicator(limit=10, seconds=60, clock=Clock())
    first = once.reply("a", work.start)
    assert once.reply("a", work.start) is first
    await settle()
    assert once.reply("a", work.start) is DONE
    assert work.begun == 1


async def test_activity_is_forgotten_when_its_time_is_over() -> None:
    work, clock = Work(), Clock()
    once = Deduplicator(limit=10, seconds=60, clock=clock)
    once.reply("a", work.start)
    await settle()
    clock.now = 59
    once.reply("b", work.start)
    clock.now = 61
    assert once.reply("a", work.start) is DONE
    await settle()
    clock.now = 182
    once.reply("a", work.start)
    await settle()
    assert work.begun == 3


async def test_activity_is_forgotten_when_none_arrives_for_twice_its_time() -> None:
    work, clock = Work(), Clock()
    once = Deduplicator(limit=10, seconds=60, clock=clock)
    once.reply("a", work.start)
    await settle()
    clock.now = 10_000
    once.reply("a", work.start)
    await settle()
    assert work.begun == 2


async def test_memory_stays_bounded_when_activities_flood_in() -> None:
    work, once = Work(), Deduplicator(limit=10, seconds=60, clock=Clock())
    for number in range(100):
        once.reply(str(number), work.start)
    await settle()
    assert len(once._new) + len(once._old) <= 20
    assert once.reply("99", work.start) is DONE


async def test_activity_is_handled_again_when_its_turn_failed() -> None:
    work, once = Broken(), Deduplicator(limit=10, seconds=60, clock=Clock())
    task = once.reply("a", work.start)
    assert isinstance(task, asyncio.Task)
    with pytest.raises(ZeroDivisionError):
        await task
    await settle()
    once.reply("a", Work().start)
    assert isinstance(once._new["a"], asyncio.Task)
    await settle()


async def test_task_is_found_when_it_ends_in_the_older_generation() -> None:
    work, clock = Work(), Clock()
    once = Deduplicator(limit=10, seconds=60, clock=clock)
    once.reply("a", work.start)
    clock.now = 61
    once.reply("b", work.start)
    await settle()
    assert once.reply("a", work.start) is DONE


def test_conversation_is_greeted_once_an_hour() -> None:
    clock = Clock()
    greeted = FirstTime(limit=2, seconds=3_600, clock=clock)
    clock.now = 1
    assert [greeted.first("a"), greeted.first("a")] == [True, False]
    clock.now = 3_602
    assert greeted.first("a")
    assert greeted.first("b")
    assert greeted.first("c")
    assert greeted.first("a"), "two are remembered"
    greeted.forget("a")
    greeted.forget("unknown")
    assert greeted.first("a")
