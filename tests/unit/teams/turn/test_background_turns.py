"""How many turns may be under way, and what stopping does to them."""

import asyncio

import pytest

from bot.teams.turn.background_turns import BackgroundTurns, BusyError


async def test_a_person_fills_their_own_places_and_not_the_others() -> None:
    gate = asyncio.Event()
    background = BackgroundTurns(limit=10, per_owner=2)
    for _ in range(2):
        background.start(gate.wait(), "ada")
    assert (background.has_room("ada"), background.has_room("ben")) == (False, True)
    gate.set()
    assert await background.close(1) == 0
    assert background.has_room("ada")
    assert len(background) == 0


async def test_the_spare_places_come_to_an_end_too() -> None:
    gate = asyncio.Event()
    background = BackgroundTurns(limit=1, per_owner=9, spare=1)
    background.start(gate.wait(), "ada")
    assert not background.has_room("ben")
    background.start(gate.wait(), "ben")
    with pytest.raises(BusyError, match="too many"):
        background.start(gate.wait(), "cid")
    assert await background.close(0) == 2


async def test_nothing_begins_while_the_bot_stops() -> None:
    background = BackgroundTurns(limit=1, per_owner=1)
    await background.close(0)
    with pytest.raises(BusyError, match="stopping"):
        background.start(asyncio.sleep(0), "ada")


async def test_what_a_turn_starts_while_the_bot_stops_is_waited_for() -> None:
    background = BackgroundTurns(limit=5, per_owner=5)
    ended: list[str] = []

    async def second() -> None:
        ended.append("second")

    async def first() -> None:
        await asyncio.sleep(0.01)
        background.follow_up(second(), "ada")

    background.start(first(), "ada")
    assert await background.close(2) == 0
    assert ended == ["second"]


async def test_a_turn_that_does_not_want_to_stop_does_not_hold_up_the_stop_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.teams.turn.background_turns.NOTICE_SECONDS", 0.05)
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
