"""The limits of running turns, and what happens to them when the bot stops."""

import asyncio

import pytest

from bot.teams.running.background_turns import BackgroundTurns, BusyError


async def test_limit_per_person_leaves_room_for_others_when_it_is_reached() -> None:
    gate = asyncio.Event()
    background = BackgroundTurns(limit=10, per_owner=2)
    for _ in range(2):
        background.start(gate.wait(), "ada")
    assert (background.has_room("ada"), background.has_room("ben")) == (False, True)
    gate.set()
    assert await background.close(1) == 0
    assert background.has_room("ada")
    assert len(background) == 0


async def test_start_raises_busy_error_when_the_spare_turns_are_used() -> None:
    gate = asyncio.Event()
    background = BackgroundTurns(limit=1, per_owner=9, spare=1)
    background.start(gate.wait(), "ada")
    assert not background.has_room("ben")
    background.start(gate.wait(), "ben")
    with pytest.raises(BusyError, match="too many"):
        background.start(gate.wait(), "cid")
    assert await background.close(0) == 2


async def test_start_raises_busy_error_when_the_bot_is_stopping() -> None:
    background = BackgroundTurns(limit=1, per_owner=1)
    await background.close(0)
    with pytest.raises(BusyError, match="stopping"):
        background.start(asyncio.sleep(0), "ada")


async def test_close_waits_for_a_follow_up_that_starts_meanwhile() -> None:
    background = BackgroundTurns(limit=5, per_owner=5)
    ended: list[str] = []

    async def second() -> None:
        ended.append("second")

    async def first() -> None:
        await asyncio.sleep(0)
        background.follow_up(second(), "ada")

    background.start(first(), "ada")
    assert await background.close(60) == 0
    assert ended == ["second"]


async def test_close_returns_when_a_turn_ignores_its_cancellation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.teams.running.background_turns.NOTICE_SECONDS", 0.05)
    background = BackgroundTurns(limit=5, per_owner=5)
    gate = asyncio.Event()

    async def stubborn() -> None:
        while not gate.is_set():
            try:
                await gate.wait()
            except asyncio.CancelledError:
                continue

    task = background.start(stubborn(), "ada")
    await asyncio.sleep(0)
    assert await background.close(0) == 1
    gate.set()
    await task
