"""The ledger decides which task may send."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from bot.store import DigestState
from bot.store.digests.occurrence import OccurrenceState

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
    await desk.store.stopped.stop(digest.number, "ada")
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
    assert await ledger.purge(DUE + 2 * 86_400) == 0  # they are not over
    for each in await ledger.of(digest.number):
        await ledger.advance(digest.number, each.due, {"due"}, "sent")
    assert await ledger.purge(DUE + 2 * 86_400) == 2
    assert await ledger.purge(DUE + 2 * 86_400) == 0
    assert len(await ledger.of(digest.number)) == 2


async def test_what_still_counts_is_not_erased(desk: Any) -> None:
    ledger, digests = desk.store.ledger, [await desk.add() for _ in range(4)]
    dues = [DUE + day * 86_400 for day in range(4)]
    for due in dues:
        await desk.claim(float(due))
    oldest = [("waiting", None), ("sending", None), ("sent", b"sealed"), ("failed", None)]
    just_now = DUE + 99 * 86_400.0
    for digest, (state, report) in zip(digests, oldest, strict=True):
        await ledger.advance(digest.number, dues[0], {"due"}, state, report=report, finished=just_now)
        for due in dues[1:]:
            await ledger.advance(digest.number, due, {"due"}, "sent")
    assert await ledger.purge(just_now) == 1 + 1 + 1 + 2
    assert [len(await ledger.of(digest.number)) for digest in digests] == [3, 3, 3, 2]


async def test_figures_of_a_run_that_ended_long_ago_are_erased(desk: Any) -> None:
    ledger, digest = desk.store.ledger, await desk.add()
    await desk.claim(NOW)
    for state in ("sent", "unknown"):
        await ledger.advance(digest.number, DUE, {"due", "sent"}, state, report=b"sealed", payload=b"sealed")
        ended = (await ledger.get(digest.number, DUE)).finished
        assert await ledger.purge(ended) == 0
        assert (await ledger.get(digest.number, DUE)).report == b"sealed", "its last step may still come"
        assert await ledger.purge(ended + 1) == 0
        kept = await ledger.get(digest.number, DUE)
        assert (kept.state, kept.report, kept.payload) == (state, None, None)


async def test_misses_of_a_monthly_digest_count_whatever_is_erased_meanwhile(desk: Any) -> None:
    """Each month has 31 days here, and a run is erased after 30."""
    month, day = 31 * 86_400, 86_400
    digest = await desk.add()
    misses = []
    for count in range(4):
        (claim,) = await desk.claim(NOW + count * month, next_due=lambda _, after: after + month)
        misses.append(claim.digest.misses)
        await desk.store.ledger.advance(digest.number, claim.due, {"due"}, "waiting")
        for later in range(31):
            await desk.store.ledger.purge(NOW + count * month + later * day - 30 * day)
    assert misses == [0, 1, 2, 3]


async def test_of_returns_the_ten_newest_runs_of_one_digest(desk: Any) -> None:
    digest, other = await desk.add(), await desk.add()
    for day in range(12):
        await desk.claim(NOW + day * 86_400)
    found = await desk.store.ledger.of(digest.number)
    assert [each.due for each in found] == [DUE + day * 86_400 for day in range(11, 1, -1)]
    assert {each.number for each in found} == {digest.number}
    assert len(await desk.store.ledger.of(other.number, 99)) == 12


async def test_unfinished_returns_the_oldest_runs_that_are_not_over(desk: Any) -> None:
    ledger, digests = desk.store.ledger, []
    states = ["fetched", "composed", "sending", "sent", "unknown", "failed", "waiting", "missed", "cancelled"]
    for second in range(len(states) + 1):
        digests.append(await desk.add())
        await desk.claim(NOW + second)
    numbers = [each.number for each in digests]
    for number, state in zip(numbers[1:], states, strict=True):
        assert await ledger.advance(number, DUE, {"due"}, state, report=b"sealed", payload=b"sealed", problem=state)
    found = await ledger.unfinished(NOW + 99, 10)
    assert [(each.number, each.state) for each in found] == list(zip(numbers, ["due", *states[:3]], strict=False))
    assert [each.number for each in await ledger.unfinished(NOW + 99, 2)] == numbers[:2]
    assert [each.number for each in await ledger.unfinished(NOW + 2, 10)] == numbers[:2]
    complete = await ledger.get(numbers[2], DUE)
    assert found[2] == replace(complete, report=None, payload=None)
    assert complete.payload == b"sealed"


async def test_unfinished_runs_are_sorted_by_the_time_of_their_claim(desk: Any) -> None:
    second, first = await desk.add(next_due=NOW + 9), await desk.add()
    await desk.claim(NOW)
    await desk.claim(NOW + 9)
    found = await desk.store.ledger.unfinished(NOW + 99, 10)
    assert [each.number for each in found] == [first.number, second.number]


async def test_run_again_sets_the_attempt_and_enqueues_it_at_once(desk: Any) -> None:
    digest, other = await desk.add(), await desk.add()
    await desk.claim()
    await desk.claim(NOW + 86_400)
    ledger, enqueued = desk.store.ledger, []
    lost = await ledger.get(digest.number, DUE)

    def enqueue(connection: Any, occurrence: Any) -> None:
        connection.exec_driver_sql(f"UPDATE digests SET reason = 'queued' WHERE number = {digest.number}")
        enqueued.append(occurrence)

    assert await ledger.run_again(lost, 4, enqueue) is True
    assert enqueued == [replace(lost, attempt=4)] == [await ledger.get(digest.number, DUE)]
    assert (await desk.store.digests.get(digest.number)).reason == "queued"
    others = await ledger.of(other.number) + (await ledger.of(digest.number))[:1]
    assert [each.attempt for each in others] == [1, 1, 1]


@pytest.mark.parametrize("change", [{"to": "fetched"}, {"to": "due", "attempt": 2}])
async def test_run_again_does_nothing_when_the_run_has_changed(desk: Any, change: dict[str, Any]) -> None:
    digest = await desk.add()
    await desk.claim()
    ledger, enqueued = desk.store.ledger, []
    lost = await ledger.get(digest.number, DUE)
    await ledger.advance(digest.number, DUE, {"due"}, **change)
    changed = await ledger.get(digest.number, DUE)
    assert await ledger.run_again(lost, 4, lambda *each: enqueued.append(each)) is False
    assert enqueued == []
    assert await ledger.get(digest.number, DUE) == changed


async def test_run_again_keeps_the_attempt_when_enqueueing_fails(desk: Any) -> None:
    digest = await desk.add()
    await desk.claim()
    lost = await desk.store.ledger.get(digest.number, DUE)

    def fail(*_: Any) -> None:
        raise RuntimeError("no queue")

    with pytest.raises(RuntimeError, match="no queue"):
        await desk.store.ledger.run_again(lost, 2, fail)
    assert await desk.store.ledger.get(digest.number, DUE) == lost


async def test_taken_up_runs_are_sorted_by_due_time_then_number(desk: Any) -> None:
    late, early, last = await desk.add(next_due=NOW + 60), await desk.add(), await desk.add(next_due=NOW + 60)
    foreign = await desk.add(tenant_id="OTHER")
    running = await desk.add()
    await desk.claim(NOW + 60)
    ledger = desk.store.ledger
    for digest in (last, late, early, foreign):
        due = int(digest.next_due)
        await ledger.advance(digest.number, due, {"due"}, "waiting", report=b"sealed", problem="consent")
    written: list[int] = []

    def enqueue(connection: Any, occurrence: Any) -> None:
        connection.exec_driver_sql(f"UPDATE digests SET reason = 'again' WHERE number = {occurrence.number}")
        written.append(occurrence.number)

    taken = await ledger.take_up("Tenant", "ADA", enqueue)
    assert [each.number for each in taken] == written == [early.number, late.number, last.number]
    for each in taken:
        assert (each.state, each.attempt, each.report, each.finished) == ("due", 2, b"sealed", None)
        assert await ledger.get(each.number, each.due) == each
        assert (await desk.store.digests.get(each.number)).reason == "again"
    assert (await ledger.get(foreign.number, DUE)).state == "waiting"
    assert (await ledger.get(running.number, DUE)).attempt == 1


async def test_advance_changes_one_run_and_sets_when_it_ended(desk: Any, clock: Any) -> None:
    digest, other = await desk.add(), await desk.add()
    await desk.claim()
    await desk.claim(NOW + 86_400)
    ledger = desk.store.ledger
    clock.now = NOW + 7
    for state, finished in [("fetched", None), ("failed", NOW + 7), ("waiting", None), ("missed", NOW + 7)]:
        assert await ledger.advance(digest.number, DUE, list(OccurrenceState), state) is True
        assert (await ledger.get(digest.number, DUE)).finished == finished
    assert not await ledger.advance(digest.number, DUE, {"due", "fetched"}, "sent")
    assert await ledger.counts() == {"due": 3, "missed": 1}
    assert (await ledger.get(other.number, DUE)).state == "due"


async def test_only_the_step_before_sending_waits_for_the_disk(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = await desk.add()
    await desk.claim()
    database, durable = desk.store.ledger._database, []
    write = database.write

    async def noted(work: Any, **named: Any) -> Any:
        durable.append(named.get("durable", False))
        return await write(work, **named)

    monkeypatch.setattr(database, "write", noted)
    for frm, to in [("due", "composed"), ("composed", "sending"), ("sending", "sent")]:
        await desk.store.ledger.advance(digest.number, DUE, {frm}, to)
    assert durable == [False, True, False]


async def test_a_run_that_cannot_be_read_is_passed_over(desk: Any) -> None:
    digest = await desk.add()
    for now in (NOW, NOW + 86_400):
        await desk.claim(now)
    async with desk.store.digests._database.writing() as connection:
        await connection.execute(text(f"UPDATE occurrences SET state = 'dreaming' WHERE due = {DUE}"))
    assert [each.due for each in await desk.store.ledger.of(digest.number)] == [DUE + 86_400]
    assert await desk.store.ledger.get(digest.number, DUE) is None
