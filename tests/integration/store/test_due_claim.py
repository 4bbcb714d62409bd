"""Due digests are claimed once, whichever replica claims and whatever fails."""

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import update

from bot.domain.recurrence import OneTime, Schedule
from bot.store import DigestState, open_store
from bot.store.database.tables import DIGESTS
from bot.store.digests.occurrence import OccurrenceState

NOW = 1_800_000_000.0
DAY = 86_400.0


async def test_due_digest_is_claimed_enqueued_and_due_again(desk: Any) -> None:
    digest = await desk.add()
    later = await desk.add(next_due=NOW + 1)
    (claim,) = await desk.claim(NOW + 0.5)
    assert (claim.due, claim.late_for, claim.skipped_earlier, claim.manual) == (int(NOW), 0.5, False, False)
    assert claim.digest == await desk.store.digests.get(digest.number)
    assert claim.digest.next_due == NOW + DAY
    assert desk.enqueued == [(digest.number, int(NOW))]
    (occurrence,) = await desk.store.ledger.of(digest.number)
    assert (occurrence.due, occurrence.state, occurrence.attempt, occurrence.started) == (int(NOW), "due", 1, NOW + 0.5)
    assert await desk.claim(NOW + 0.5) == []
    assert (await desk.store.digests.get(later.number)).version == 1


async def test_nothing_changes_when_enqueueing_fails(desk: Any) -> None:
    digests = [await desk.add() for _ in range(3)]

    def fail(_connection: Any, claim: Any) -> None:
        if claim.digest.number == digests[2].number:
            raise RuntimeError("no queue")

    with pytest.raises(RuntimeError, match="no queue"):
        await desk.store.digests.claim(NOW, 10, lambda _, after: after + DAY, fail)
    assert await desk.store.ledger.counts() == {}
    assert [await desk.store.digests.get(each.number) for each in digests] == digests
    assert len(await desk.claim()) == 3


async def test_rows_of_enqueueing_are_committed_with_the_claim(desk: Any) -> None:
    digest = await desk.add()

    def note(connection: Any, claim: Any) -> None:
        connection.exec_driver_sql(f"UPDATE digests SET reason = 'queued {claim.due}'")

    await desk.store.digests.claim(NOW, 10, lambda _, after: after + DAY, note)
    assert (await desk.store.digests.get(digest.number)).reason == f"queued {int(NOW)}"


async def test_claim_says_when_the_next_digest_is_due(desk: Any) -> None:
    await desk.add()
    claim = await desk.store.digests.claim(NOW, 10, lambda _, after: after + DAY, desk.enqueue)
    assert (len(claim.runs), claim.soonest) == (1, NOW + DAY)


async def test_only_the_newest_occurrence_is_created_when_many_were_missed(desk: Any) -> None:
    await desk.add()
    (claim,) = await desk.claim(NOW + 100.5 * DAY)
    assert (claim.due, claim.late_for, claim.skipped_earlier) == (int(NOW + 100 * DAY), DAY / 2, True)
    assert claim.digest.next_due == NOW + 101 * DAY


async def test_claim_takes_few_steps_when_centuries_were_missed(desk: Any) -> None:
    await desk.add()
    asked = []

    def next_due(digest: Any, after: float) -> float:
        asked.append(after)
        return digest.created + ((after - digest.created) // DAY + 1) * DAY

    (claim,) = await desk.claim(NOW + 100_000 * DAY, next_due=next_due)
    assert claim.due == int(NOW + 100_000 * DAY)
    assert len(asked) < 50


async def test_single_digest_is_done_when_it_is_claimed(desk: Any) -> None:
    digest = await desk.add(schedule=Schedule(OneTime(1), None, "UTC"))
    (claim,) = await desk.claim(next_due=lambda *_: None)
    assert (claim.digest.state, claim.digest.next_due) == ("done", None)
    assert (await desk.store.digests.get(digest.number)).state == "done"
    assert await desk.claim(NOW + DAY) == []
    assert await desk.soonest() is None


@pytest.mark.parametrize("state", list(DigestState))
async def test_requested_digest_runs_in_any_state_and_keeps_its_due_time(desk: Any, state: DigestState) -> None:
    digest = await desk.add(next_due=NOW + DAY)
    await desk.store.digests.change(digest.number, None, state=state, requested=NOW - 2)
    (claim,) = await desk.claim()
    assert (claim.manual, claim.due, claim.late_for) == (True, int(NOW - 2), 2.0)
    assert (claim.digest.state, claim.digest.next_due, claim.digest.requested) == (state, NOW + DAY, None)
    assert await desk.claim() == []


async def test_digest_is_not_claimed_when_it_is_paused(desk: Any) -> None:
    digest = await desk.add()
    await desk.store.digests.change(digest.number, None, state=DigestState.PAUSED)
    assert await desk.claim() == []


async def test_digest_runs_once_when_it_is_due_and_requested(desk: Any) -> None:
    digest = await desk.add()
    await desk.store.digests.change(digest.number, None, requested=NOW)
    (claim,) = await desk.claim()
    assert (claim.manual, claim.digest.requested, claim.digest.next_due) == (False, None, NOW + DAY)


async def test_second_request_in_a_second_is_a_new_run_when_the_first_is_over(desk: Any) -> None:
    digest = await desk.add(next_due=NOW + DAY)
    for fraction in (0.1, 0.2):
        await desk.store.digests.change(digest.number, None, requested=NOW + fraction)
        await desk.claim(NOW + 1)
        await desk.store.ledger.advance(digest.number, int(NOW), {OccurrenceState.DUE}, OccurrenceState.SENT)
    assert [due for _, due in desk.enqueued] == [int(NOW), int(NOW) + 1]


async def test_second_request_gets_the_run_in_progress_for_five_minutes(desk: Any) -> None:
    digest = await desk.add(next_due=NOW + DAY)
    for second in range(0, 301, 10):
        await desk.store.digests.change(digest.number, None, requested=NOW + second)
        await desk.claim(NOW + second)
    assert [due for _, due in desk.enqueued] == [int(NOW)]
    assert await desk.soonest() == NOW + DAY
    await desk.store.digests.change(digest.number, None, requested=NOW + 310)  # the earlier run seems to be lost
    await desk.claim(NOW + 310)
    assert [due for _, due in desk.enqueued] == [int(NOW), int(NOW) + 310]


async def test_reschedule_skips_a_digest_when_it_cannot_be_read(desk: Any) -> None:
    digests = [await desk.add(next_due=NOW + 2 * DAY) for _ in range(3)]
    async with desk.store._database.writing() as connection:
        spoiled = update(DIGESTS).where(DIGESTS.c.number == digests[1].number).values(schedule="of a later release")
        await connection.execute(spoiled)
    assert await desk.store.digests.reschedule(NOW, lambda _, after: after + DAY) == 2


async def test_occurrence_is_not_created_twice_when_the_clock_was_set_back(desk: Any) -> None:
    digest = await desk.add()
    await desk.claim()
    await desk.store.digests.change(digest.number, None, next_due=NOW)
    assert await desk.claim(NOW + 5) == []
    assert desk.enqueued == [(digest.number, int(NOW))]
    assert (await desk.store.digests.get(digest.number)).next_due == NOW + DAY


async def test_waiting_run_is_missed_when_the_next_one_is_due(desk: Any) -> None:
    digest = await desk.add()
    for misses in range(3):
        (claim,) = await desk.claim(NOW + misses * DAY)
        assert (claim.missed, claim.digest.misses) == (min(misses, 1), misses)
        assert await desk.store.ledger.advance(digest.number, claim.due, {"due"}, "waiting", report=b"sealed")
    missed = await desk.store.ledger.get(digest.number, int(NOW))
    assert (missed.state, missed.report, missed.finished) == ("missed", None, NOW + DAY)
    assert (claim.digest.last, claim.digest.last_at) == ("missed", NOW + 2 * DAY)


async def test_waiting_run_is_cancelled_and_not_missed_when_one_is_requested(desk: Any) -> None:
    digest = await desk.add()
    (first,) = await desk.claim()
    await desk.store.ledger.advance(digest.number, first.due, {"due"}, "waiting")
    await desk.store.digests.change(digest.number, None, requested=NOW + 60)
    (claim,) = await desk.claim(NOW + 61)
    assert (claim.manual, claim.missed, claim.digest.misses) == (True, 0, 0)
    assert (await desk.store.ledger.get(digest.number, first.due)).state == "cancelled"


async def test_requested_digests_come_first_then_the_longest_due(desk: Any) -> None:
    numbers = [(await desk.add(next_due=NOW - late)).number for late in (1, 3, 2)]
    await desk.store.digests.change(numbers[0], None, requested=NOW)
    order = [each.digest.number for _ in range(4) for each in await desk.claim(limit=1)]
    assert order == [numbers[0], numbers[1], numbers[2]]


async def test_row_is_skipped_when_it_cannot_be_read(desk: Any) -> None:
    spoiled, sound = await desk.add(), await desk.add()
    await desk.store.digests.change(spoiled.number, None, question="kept")
    async with desk.store.digests._database.writing() as connection:
        await connection.exec_driver_sql(f"UPDATE digests SET schedule = '{{}}' WHERE number = {spoiled.number}")
    assert [each.digest.number for each in await desk.claim()] == [sound.number]
    assert await desk.claim() == []
    assert await desk.soonest() == NOW + DAY


async def test_each_occurrence_is_claimed_once_by_several_replicas(
    desk: Any, make_desk: Any, database_url: str
) -> None:
    for _ in range(60):
        await desk.add()
    async with open_store(database_url) as second, open_store(database_url) as third:
        desks = [desk, make_desk(second), make_desk(third)]

        async def work(each: Any) -> None:
            while await each.claim(limit=7):
                pass

        await asyncio.gather(*(work(each) for each in desks for _ in range(2)))
    enqueued = [each for one in desks for each in one.enqueued]
    assert (len(enqueued), len(set(enqueued))) == (60, 60)
    assert await desk.store.ledger.counts() == {"due": 60}


async def test_nothing_remains_when_digests_are_deleted_during_claims(desk: Any) -> None:
    numbers = [(await desk.add()).number for _ in range(40)]
    await asyncio.gather(
        *(desk.claim(limit=10) for _ in range(4)), *(desk.store.stopped.stop(n, "ada") for n in numbers)
    )
    assert await desk.store.digests.count() == 0
    assert await desk.store.ledger.counts() == {}


async def test_cancelled_claim_is_complete_or_has_no_effect(desk: Any) -> None:
    for _ in range(60):
        await desk.add()
    for turn in range(20):
        claiming = asyncio.create_task(desk.claim(limit=3))
        await asyncio.sleep(turn * 0.0004)
        claiming.cancel()
        with suppress(asyncio.CancelledError):
            await claiming
    while await desk.claim(limit=10):
        pass
    due_again = [each for each in await desk.store.digests.all() if each.next_due == NOW + DAY]
    assert len(due_again) == 60
    assert await desk.store.ledger.counts() == {"due": 60}


async def test_due_times_are_computed_again_when_the_clock_was_set_back(desk: Any) -> None:
    digest = await desk.add(next_due=NOW + 1000 * DAY)
    overdue = await desk.add(next_due=NOW - DAY)
    assert await desk.store.digests.reschedule(NOW, lambda _, after: after + DAY) == 1
    assert (await desk.store.digests.get(digest.number)).next_due == NOW + DAY
    assert (await desk.store.digests.get(overdue.number)).next_due == NOW - DAY
    assert await desk.store.digests.reschedule(NOW, lambda *_: None) == 0
