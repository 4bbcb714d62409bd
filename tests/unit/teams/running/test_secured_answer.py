"""The wait for an answer, or for the moment from which it cannot be lost."""

import asyncio

import pytest

from bot.teams.running.secured_answer import SecuredAnswer

LONG = 240.0


async def test_promised_answer_is_secured_and_not_delivered() -> None:
    answer, turn = SecuredAnswer(), asyncio.ensure_future(asyncio.Event().wait())
    answer.promised()
    assert (answer.is_secured, answer.is_delivered) == (True, False)
    assert await answer.until_secured(turn, LONG)
    assert not await answer.until_delivered(turn, 0.0)
    turn.cancel()


async def test_delivered_answer_ends_both_waits() -> None:
    answer, turn = SecuredAnswer(), asyncio.ensure_future(asyncio.Event().wait())
    waits = [asyncio.ensure_future(wait(turn, LONG)) for wait in (answer.until_delivered, answer.until_secured)]
    answer.delivered()
    assert await asyncio.gather(*waits) == [True, True]
    assert (answer.is_secured, answer.is_delivered) == (True, True)
    turn.cancel()


async def test_turn_without_an_answer_ends_both_waits() -> None:
    async def fails() -> None:
        raise ValueError

    answer, turn = SecuredAnswer(), asyncio.ensure_future(fails())
    assert await answer.until_delivered(turn, LONG)
    assert await answer.until_secured(turn, LONG)
    assert isinstance(turn.exception(), ValueError)
    assert not answer.is_secured


@pytest.mark.parametrize("seconds", [0.0, -1.0])
async def test_wait_ends_in_time(seconds: float) -> None:
    answer, turn = SecuredAnswer(), asyncio.ensure_future(asyncio.Event().wait())
    assert not await answer.until_secured(turn, seconds)
    assert not turn.done()
    turn.cancel()
