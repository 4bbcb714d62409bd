"""The wait for an answer, or for the moment from which it cannot be lost."""

import asyncio

import pytest

from bot.teams.running.secured_answer import secured_or_over


@pytest.mark.parametrize(("is_over", "is_secured"), [(True, False), (False, True), (False, False)])
async def test_wait_ends_when_one_of_both_happens(is_over: bool, is_secured: bool) -> None:
    opened, secured = asyncio.Event(), asyncio.Event()
    answering = asyncio.ensure_future(opened.wait())
    if is_over:
        opened.set()
    if is_secured:
        secured.set()
    seconds = 240.0 if is_over or is_secured else 0.0
    assert await secured_or_over(answering, secured, seconds) is (is_over or is_secured)
    answering.cancel()


async def test_answer_that_fails_is_over() -> None:
    async def fails() -> None:
        raise ValueError

    answering = asyncio.ensure_future(fails())
    assert await secured_or_over(answering, asyncio.Event(), 240.0)
    assert isinstance(answering.exception(), ValueError)
