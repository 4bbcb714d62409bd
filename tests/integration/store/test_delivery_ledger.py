"""The ledger decides which task may send."""

import asyncio
from typing import Any

import pytest

from bot.store import DigestState

NOW = 1_800_000_000.0
DUE = int(NOW)


async def test_one_of_many_may_send_when_they_start_at_once(desk: Any) -> None:
    digest = await desk.add()
    await desk.claim()
    ledger = desk.store.ledger
    assert await ledger.advance(digest.number, DUE, {"due"}, "composed", payload=b"sealed", executor="a")
    tries = [ledger.advance(digest.number, DUE, {"composed"}, "sending") for _ in range(8)]
    assert sorted(await asyncio.gather(*tries)) == [False] * 7 + [True]
    assert await ledger.advance(digest.number, DUE, {"sending"}, "sent", payload=None, activity_id="1:abc")
    sent = await ledger.get(digest.number, DUE)
    assert (sent.state, sent.payload, sent.activity_id, sent.finished, sent.executor) == (
        "sent",
        None,
        "1:abc",
        NOW,
        "a",
    )


async def test_digest_is_not_sent_when_it_was_deleted(desk: Any) -> None:
    digest = await desk.add()
    await desk.claim()
    await desk.store.ledger.advance(digest.number, DUE, {"due"}, "composed")
    await desk.store.digests.delete(digest.number)
    assert not await desk.store.ledger.advance(digest.number, DUE, {"composed"}, "sending")
    assert await desk.store.ledger.get(digest.number, DUE) is None


async def test_delivery_may_be_retried_when_it_certainly_failed(desk: Any) -> None:
    digest = await desk.add()
    await desk.claim()
    ledger = desk.store.ledger
    for frm, to in [("due", "composed"), ("composed", "sending"), ("sending", "composed"), ("composed", "sending")]:
        assert await ledger.advance(digest.number, DUE, {frm}, to)
    assert await ledger.advance(digest.number, DUE, ("sending",), "unknown", problem="no answer")
    assert not await ledger.advance(digest.number, DUE, ("composed", "sending"), "sending")


async def test_waiting_runs_are_enqueued_once_when_the_owner_signs_in(desk: Any) -> None:
    waiting, other = await desk.add(), await desk.add(owner_id="Bob")
    paused = await desk.add()
    await desk.claim()
    ledger = desk.store.ledger
    for digest in (waiting, other, paused):
        await ledger.advance(digest.number, DUE, {"due"}, "waiting")
    await desk.store.digests.change(paused.number, None, state=DigestState.PAUSED)
    theirs = [waiting.number, paused.number]  # whether the paused one is posted is decided in its run
    assert [(await ledger.get(number, DUE)).state for number in theirs] == ["waiting"] * 2
    enqueued: list[tuple[int, int]] = []

    def enqueue(_connection: Any, occurrence: Any) -> None:
        enqueued.append((occurrence.number, occurrence.attempt))

    again = await asyncio.gather(*(ledger.take_up("TENANT", "ada", enqueue) for _ in range(4)))
    assert [each.number for taken in again for each in taken] == theirs
    assert enqueued == [(number, 2) for number in theirs]
    assert (await ledger.get(waiting.number, DUE)).state == "due"


async def test_run_keeps_waiting_when_it_cannot_be_enqueued(desk: Any) -> None:
    digest = await desk.add()
    await desk.claim()
    await desk.store.ledger.advance(digest.number, DUE, {"due"}, "waiting")

    def fail(*_: Any) -> None:
        raise RuntimeError("no queue")

    with pytest.raises(RuntimeError, match="no queue"):
        await desk.store.ledger.take_up("TENANT", "ada", fail)
    found = await desk.store.ledger.get(digest.number, DUE)
    assert (found.state, found.attempt) == ("waiting", 1)


async def test_newest_runs_come_first_and_old_ones_are_erased(desk: Any) -> None:
    digest = await desk.add()
    for day in range(4):
        await desk.claim(NOW + day * 86_400)
    ledger = desk.store.ledger
    assert [each.due for each in await ledger.of(digest.number, 2)] == [DUE + 3 * 86_400, DUE + 2 * 86_400]
    assert await ledger.counts() == {"due": 4}
    assert await ledger.purge(DUE + 2 * 86_400) == 2
    assert await ledger.purge(DUE + 2 * 86_400) == 0
    assert len(await ledger.of(digest.number)) == 2
