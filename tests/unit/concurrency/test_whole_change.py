"""A change that has begun is made, although its caller no longer waits."""

import asyncio

import pytest

from bot.concurrency.whole_change import to_the_end


class Change:
    """A change that ends when `may_end` is set."""

    def __init__(self) -> None:
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()
        self.made = False

    async def make(self) -> str:
        self.begun.set()
        await self.may_end.wait()
        self.made = True
        return "made"


async def test_change_without_a_cancellation_returns_its_result() -> None:
    change = Change()
    change.may_end.set()
    assert await to_the_end(change.make()) == "made"


async def test_cancelled_change_ends_and_its_caller_is_not_cancelled() -> None:
    change = Change()
    calling = asyncio.create_task(to_the_end(change.make()))
    await change.begun.wait()
    calling.cancel()
    change.may_end.set()
    assert await calling == "made"
    assert calling.cancelling() == 0


async def test_change_that_has_ended_counts_although_it_is_cancelled_then() -> None:
    change = Change()
    calling = asyncio.create_task(to_the_end(change.make()))
    await change.begun.wait()
    change.may_end.set()
    while not change.made:  # noqa: ASYNC110  # there is no event to wait for
        await asyncio.sleep(0)
    calling.cancel()
    assert await calling == "made"


async def test_second_cancellation_ends_the_change() -> None:
    change = Change()
    calling = asyncio.create_task(to_the_end(change.make()))
    await change.begun.wait()
    calling.cancel()
    await asyncio.sleep(0)
    calling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await calling
    assert not change.made


async def test_change_that_fails_raises_its_error() -> None:
    async def fails() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await to_the_end(fails())
