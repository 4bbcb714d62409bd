"""The ledger decides who may send."""

import asyncio
from typing import Any

import pytest

from bot.store import DigestState

NOW = 1_800_000_000.0
DUE = int(NOW)


async def test_of_many_who_want_to_send_one_may(desk: Any) -> None:
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


async def test_a_deleted_digest_is_not_sent(desk: Any) -> None:
    digest = await desk.add()
    await desk.claim()
    await desk.store.ledger.advance(digest.number, DUE, {"due"}, "composed")
    await desk.store.digests.delete(digest.number)
    assert not await desk.store.ledger.advance(digest.number, DUE, {"composed"}, "sending")
    assert await desk.store.ledger.get(digest.number, DUE) is None


async def test_a_delivery_that_certainly_failed_may_be_tried_again(desk: Any) -> None:
    digest = await desk.add()
    await desk.claim()
    ledger = desk.store.ledger
    for frm, to in [("due", "composed"), ("composed", "sending"), ("sending", "composed"), ("composed", "sending")]:
        assert await ledger.advance(digest.number, DUE, {frm}, to)
    assert await ledger.advance(digest.number, DUE, ("sending",), "unknown", problem="no answer")
    assert not await ledger.advance(digest.number, DUE, ("composed", "sending"), "sending")


async def test_what_waits_for_somebody_is_taken_up_once_they_signed_in(desk: Any) -> None:
    waiting, other = await desk.add(), await desk.add(owner_id="Bob")
    paused = await desk.add()
    await desk.claim()
    ledger = desk.store.ledger
    for digest in (waiting, other, paused):
        await ledger.advance(digest.number, DUE, {"due"}, "waiting")
    await desk.store.digests.change(paused.number, None, state=DigestState.PAUSED)
    theirs = [waiting.number, paused.number]  # what becomes of that one, its run decides
    assert [(await ledger.get(number, DUE)).state for number in theirs] == ["waiting"] * 2
    enqueued: list[tuple[int, int]] = []

    def enqueue(_connection: Any, occurrence: Any) -> None:
        enqueued.append((occurrence.number, occurrence.attempt))

    again = await asyncio.gather(*(ledger.take_up("TENANT", "ada", enqueue) for _ in range(4)))
    assert [each.number for taken in again for each in taken] == theirs
    assert enqueued == [(number, 2) for number in theirs]
    assert (await ledger.get(waiting.number, DUE)).state == "due"


async def test_what_cannot_be_enqueued_again_goes_on_waiting(desk: Any) -> None:
    digest = await desk.add()
    await desk.claim()
    await desk.store.ledger.advance(digest.number, DUE, {"due"}, "waiting")

    def fail(*_: Any) -> None:
        raise RuntimeError("no queue")

    with pytest.raises(RuntimeError, match="no queue"):
        await desk.store.ledger.take_up("TENANT", "ada", fail)
    found = await desk.store.ledger.get(digest.number, DUE)
    assert (found.state, found.attempt) == ("waiting", 1)


async def test_the_newest_runs_come_first_and_old_ones_are_erased(desk: Any) -> None:
    digest = await desk.add()
    for day in range(4):
        await desk.claim(NOW + day * 86_400)
    ledger = desk.store.ledger
    assert [each.due for each in await ledger.of(digest.number, 2)] == [DUE + 3 * 86_400, DUE + 2 * 86_400]
    assert await ledger.counts() == {"due": 4}
    assert await ledger.purge(DUE + 2 * 86_400) == 2
    assert await ledger.purge(DUE + 2 * 86_400) == 0
    assert len(await ledger.of(digest.number)) == 2
