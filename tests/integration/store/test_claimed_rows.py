"""What a claim writes, and the rows that it leaves alone."""

from typing import Any

import pytest
from sqlalchemy import text

from bot.digests.manage.digest_signatures import DigestSignatures
from bot.domain.recurrence import OneTime, Schedule
from bot.store import DigestState, open_store
from bot.store.digests.digest_record import ALTERED, REFUSED
from tests.integration.digests.stage import TOKEN_KEYS
from tests.integration.store.conftest import DAY, NOW, Desk


async def stored(desk: Any, number: int) -> Any:
    async with desk.store.digests._database.reading() as connection:
        found = await connection.execute(text("SELECT * FROM digests WHERE number = :number"), {"number": number})
        return found.one()


async def spoil(desk: Any, statement: str, **values: Any) -> None:
    async with desk.store.digests._database.writing() as connection:
        await connection.execute(text(f"UPDATE digests SET {statement} WHERE number = :number"), values)


async def test_a_new_run_has_no_message_no_problem_and_no_process_yet(desk: Any) -> None:
    digest = await desk.add()
    await desk.claim()
    (run,) = await desk.store.ledger.of(digest.number)
    assert (run.activity_id, run.problem, run.executor) == ("", "", "")


async def test_a_run_requested_now_is_not_late(desk: Any) -> None:
    digest = await desk.add(next_due=NOW + DAY)
    await desk.store.digests.change(digest.number, None, requested=NOW)
    (claim,) = await desk.claim()
    assert (claim.manual, claim.late_for) == (True, 0.0)


async def test_a_run_requested_while_a_planned_one_is_on_its_way_is_another_run(desk: Any) -> None:
    digest = await desk.add()
    await desk.claim()
    await desk.store.digests.change(digest.number, None, requested=NOW + 5)
    assert [claim.manual for claim in await desk.claim(NOW + 5)] == [True]
    assert [due for _, due in desk.enqueued] == [int(NOW), int(NOW) + 5]


async def test_a_suspended_digest_whose_time_has_passed_runs_by_hand_only(desk: Any) -> None:
    digest = await desk.add(next_due=NOW - 60)
    await desk.store.digests.change(digest.number, None, state=DigestState.SUSPENDED, requested=NOW)
    (claim,) = await desk.claim()
    assert (claim.manual, claim.due, claim.digest.next_due) == (True, int(NOW), NOW - 60)


async def test_the_retry_after_a_refusal_is_an_ordinary_run_again(desk: Any) -> None:
    refused, sent = await desk.add(), await desk.add()
    await desk.store.digests.change(refused.number, None, last=REFUSED)
    await desk.store.digests.change(sent.number, None, last="sent")
    assert {claim.digest.number: claim.digest.last for claim in await desk.claim()} == {
        refused.number: "",
        sent.number: "sent",
    }
    assert (await desk.store.digests.get(refused.number)).last == ""


async def test_all_waiting_runs_are_counted_as_missed(desk: Any) -> None:
    digest = await desk.add()
    for day in (0, 1):
        (claim,) = await desk.claim(NOW + day * DAY)
        await desk.store.ledger.advance(digest.number, claim.due, {"due"}, "sent")
    async with desk.store.digests._database.writing() as connection:
        await connection.execute(text("UPDATE occurrences SET state = 'waiting'"))
    (claim,) = await desk.claim(NOW + 2 * DAY)
    assert (claim.missed, claim.digest.misses) == (2, 2)


@pytest.mark.parametrize("requested", [0, 2])
async def test_no_more_digests_are_claimed_than_asked_for(desk: Any, requested: int) -> None:
    digests = [await desk.add(next_due=NOW - late) for late in (1, 5, 3, 4, 2)]
    for digest in digests[:requested]:
        await desk.store.digests.change(digest.number, None, requested=NOW - digest.number)
    claimed = [each.digest.number for each in await desk.claim(limit=3)]
    newest = [digest.number for digest in digests]
    order = [newest[1], newest[0], newest[3]] if requested else [newest[1], newest[3], newest[2]]
    assert claimed == order


async def test_requested_digests_fill_the_limit_alone_the_oldest_request_first(desk: Any) -> None:
    digests = [await desk.add(next_due=NOW - 10) for _ in range(4)]
    for digest, asked in zip(digests[:3], (NOW - 1, NOW - 3, NOW - 2), strict=True):
        await desk.store.digests.change(digest.number, None, requested=asked)
    first, second, third, _ = (digest.number for digest in digests)
    assert [each.digest.number for each in await desk.claim(limit=2)] == [second, third]
    assert [each.digest.number for each in await desk.claim(limit=1)] == [first]


async def test_a_schedule_that_does_not_go_on_is_an_error_of_the_program(desk: Any) -> None:
    digest = await desk.add()
    with pytest.raises(ValueError, match=f"digest {digest.number}: the next moment has to be later"):
        await desk.claim(NOW, next_due=lambda _, after: after)


async def test_an_altered_row_rests_and_the_others_are_claimed(database_url: str) -> None:
    async with open_store(database_url, lambda: NOW, DigestSignatures(TOKEN_KEYS)) as opened:
        desk = Desk(opened)
        altered, paused, sound = [await desk.add() for _ in range(3)]
        once = await desk.add(schedule=Schedule(OneTime(1), None, "UTC"))
        await desk.store.digests.change(paused.number, None, state=DigestState.PAUSED, requested=NOW)
        await desk.store.digests.change(altered.number, None, requested=NOW)
        for digest in (altered, paused):
            await spoil(desk, "owner_id = 'Ben'", number=digest.number)
        before = {each.number: await stored(desk, each.number) for each in (altered, paused)}
        claimed = [claim.digest.number for claim in await desk.claim()]
        assert sorted(claimed) == [sound.number, once.number]
        rests, still = await stored(desk, altered.number), await stored(desk, paused.number)
        assert (rests.state, rests.reason, rests.requested) == ("suspended", ALTERED, None)
        assert (still.state, still.reason, still.requested) == ("paused", "", None)
        for row in (rests, still):
            assert row.version == before[row.number].version + 1
            assert (row.owner_id, row.next_due) == ("Ben", before[row.number].next_due)
        assert await desk.claim() == []
