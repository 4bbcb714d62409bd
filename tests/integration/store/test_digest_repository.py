"""The repository of digests."""

import asyncio
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from bot.domain.recurrence import Monthly, OneTime, Schedule, Weekly
from bot.store import DigestState

NOW = 1_800_000_000.0
DAY = 86_400.0


async def test_digest_is_read_as_it_was_created(desk: Any) -> None:
    digest = await desk.add()
    assert await desk.store.digests.get(digest.number) == digest
    assert (digest.tenant_id, digest.owner_id, digest.state, digest.version) == ("tenant", "ada", "active", 1)
    assert (digest.created, digest.next_due, digest.misses, digest.previous) == (NOW, NOW, 0, None)
    assert digest.schedule == Schedule(Weekly(frozenset({0, 4})), time(8, 30), "Europe/Amsterdam")
    assert await desk.store.digests.get(digest.number + 1) is None


@pytest.mark.parametrize(
    "schedule",
    [
        Schedule(Monthly(31), time(17), "UTC"),
        Schedule(OneTime(1), None, "Europe/Budapest"),
        Schedule(Weekly(frozenset()), time(23, 59, 59)),
        Schedule(Weekly(frozenset(range(7))), time(0), "America/Argentina/Buenos_Aires"),
    ],
)
async def test_every_schedule_is_read_as_it_was_stored(desk: Any, schedule: Schedule) -> None:
    digest = await desk.add(schedule=schedule)
    assert (await desk.store.digests.get(digest.number)).schedule == schedule


async def test_number_is_not_used_again_when_its_digest_was_deleted(desk: Any) -> None:
    first = await desk.add()
    assert await desk.store.stopped.stop(first.number, "ada")
    assert (await desk.add()).number > first.number


async def test_digests_are_found_by_owner_and_conversation_in_any_case(desk: Any) -> None:
    one, other = await desk.add(), await desk.add(owner_id="Bob")
    elsewhere = await desk.add(conversation_id="19:other@thread.v2")
    stranger = await desk.add(tenant_id="another")
    digests = desk.store.digests
    assert [each.number for each in await digests.of_owner("Tenant", "ADA")] == [one.number, elsewhere.number]
    found = await digests.in_conversation("TENANT", "19:chat@thread.v2")
    assert [each.number for each in found] == [one.number, other.number]
    assert await digests.in_conversation("TENANT", "19:CHAT@thread.v2") == []
    assert [each.number for each in await digests.all(one.number, 2)] == [other.number, elsewhere.number]
    assert await digests.all(stranger.number) == []
    assert await digests.count() == 4


async def test_change_is_refused_when_its_version_is_old(desk: Any) -> None:
    digest = await desk.add()
    paused = await desk.store.digests.change(digest.number, digest.version, state=DigestState.PAUSED, next_due=None)
    assert paused == replace(digest, state=DigestState.PAUSED, next_due=None, version=2)
    assert await desk.store.digests.change(digest.number, digest.version, reason="late") is None
    schedule = Schedule(Monthly(1), time(9), "UTC")
    changed = await desk.store.digests.change(digest.number, None, schedule=schedule, previous=b"sealed")
    assert (changed.schedule, changed.previous, changed.version) == (schedule, b"sealed", 3)
    assert await desk.store.digests.change(digest.number + 1, None, reason="nobody") is None


async def test_one_change_succeeds_when_many_have_the_same_version(desk: Any) -> None:
    digest = await desk.add()
    tries = (desk.store.digests.change(digest.number, 1, reason=str(n)) for n in range(8))
    assert sum(each is not None for each in await asyncio.gather(*tries)) == 1


async def test_delete_removes_the_occurrences_of_this_digest_only(desk: Any) -> None:
    one, other = await desk.add(), await desk.add()
    await desk.claim()
    assert await desk.store.stopped.stop(one.number, "ada")
    assert not await desk.store.stopped.stop(one.number, "ada")
    assert await desk.store.ledger.of(one.number) == []
    assert len(await desk.store.ledger.of(other.number)) == 1


async def test_forget_erases_all_digests_of_the_person_only(desk: Any) -> None:
    for _ in range(3):
        await desk.add(owner_id="ADA")
    kept = await desk.add(owner_id="Bob")
    await desk.claim()
    assert await desk.store.digests.forget("tenant", "ada") == 3
    assert await desk.store.digests.forget("tenant", "ada") == 0
    assert [each.number for each in await desk.store.digests.all()] == [kept.number]
    assert await desk.store.ledger.counts() == {"due": 1}


async def test_digests_of_a_conversation_are_suspended_and_restored(desk: Any) -> None:
    digests = desk.store.digests
    active, paused, once = (
        await desk.add(),
        await desk.add(),
        await desk.add(schedule=Schedule(OneTime(5), None, "UTC")),
    )
    elsewhere = await desk.add(conversation_id="19:other@thread.v2")
    await digests.change(paused.number, None, state=DigestState.PAUSED)
    suspended = await digests.suspend_conversation("TENANT", "19:chat@thread.v2", "uninstalled")
    assert [each.number for each in suspended] == [active.number, once.number]
    assert {(each.state, each.reason, each.next_due) for each in suspended} == {("suspended", "uninstalled", NOW)}
    assert await digests.suspend_conversation("TENANT", "19:chat@thread.v2", "uninstalled") == []
    assert [each.digest.number for each in await desk.claim()] == [elsewhere.number]

    def next_due(digest: Any, after: float) -> float | None:
        return None if digest.number == once.number else after + DAY

    restored = await digests.restore_conversation("TENANT", "19:chat@thread.v2", NOW, next_due)
    assert [(each.number, each.state, each.next_due) for each in restored] == [
        (active.number, "active", NOW + DAY),
        (once.number, "done", None),
    ]
    assert (await digests.get(paused.number)).state == "paused"


async def test_team_id_suspends_all_channels_of_the_team_only(desk: Any) -> None:
    digests = desk.store.digests
    general, other = [await desk.add(team_id="19:team@thread.tacv2", conversation_id=f"19:{n}") for n in "ab"]
    chat = await desk.add()
    assert await digests.suspend_conversation("TENANT", "", "uninstalled") == []
    assert await digests.suspend_conversation("another", "19:team@thread.tacv2", "uninstalled") == []
    suspended = await digests.suspend_conversation("TENANT", "19:team@thread.tacv2", "uninstalled")
    assert [each.number for each in suspended] == [general.number, other.number]
    assert (await digests.get(chat.number)).state == "active"
    restored = await digests.restore_conversation("TENANT", "19:a", NOW, lambda digest, after: after + DAY)
    assert [each.number for each in restored] == [general.number]
    assert await digests.counts() == {"active": 2, "suspended": 1}


async def test_purge_erases_old_suspended_and_done_digests_only(desk: Any) -> None:
    digests = desk.store.digests
    old = {"next_due": NOW - 90 * DAY}
    gone, back, paused, done, new = [await desk.add(**old) for _ in range(5)]
    await digests.change(gone.number, None, state=DigestState.SUSPENDED)
    await digests.change(back.number, None, state=DigestState.SUSPENDED, next_due=NOW - DAY)
    await digests.change(paused.number, None, state=DigestState.PAUSED)
    await digests.change(done.number, None, state=DigestState.DONE, next_due=None, last_at=NOW - 90 * DAY)
    await digests.change(new.number, None, state=DigestState.DONE, next_due=None)
    assert await digests.purge(NOW - 89 * DAY) == 2
    assert [each.number for each in await digests.all()] == [back.number, paused.number, new.number]


async def test_purge_keeps_a_single_digest_when_its_run_is_in_progress(desk: Any) -> None:
    once = await desk.add(next_due=NOW + 40 * DAY)
    await desk.claim(NOW + 40 * DAY, next_due=lambda *_: None)
    assert await desk.store.digests.purge(NOW + 10 * DAY) == 0
    assert (await desk.store.digests.get(once.number)).state == "done"


async def test_newest_reference_is_stored_for_its_owner_only(desk: Any) -> None:
    mine, theirs = await desk.add(), await desk.add(owner_id="Bob")
    refresh = desk.store.digests.refresh_reference
    assert await refresh("TENANT", "19:chat@thread.v2", "ADA", "newer") == 1
    assert await refresh("TENANT", "19:chat@thread.v2", "ADA", "newer") == 0
    assert (await desk.store.digests.get(mine.number)).reference == "newer"
    assert (await desk.store.digests.get(theirs.number)).reference == "{}"


async def test_soonest_is_the_first_that_is_due_or_requested(desk: Any) -> None:
    digests = desk.store.digests
    assert await desk.soonest() is None
    late = await desk.add(next_due=NOW + 50)
    await digests.change((await desk.add(next_due=NOW)).number, None, state=DigestState.PAUSED)
    assert await desk.soonest() == NOW + 50
    await digests.change(late.number, None, requested=NOW + 7)
    assert await desk.soonest() == NOW + 7


@pytest.mark.parametrize(
    "hostile", ["", "nul\x00inside", "half \ud800", "'; DROP TABLE digests; --", "x" * 70_000, "ключ"]
)
async def test_any_text_can_be_stored(desk: Any, hostile: str) -> None:
    digest = await desk.add(question=hostile, owner_name=hostile, conversation_id=hostile, reference=hostile)
    found = await desk.store.digests.in_conversation("tenant", hostile)
    assert [each.number for each in found] == [digest.number]
    assert await desk.store.digests.refresh_reference("tenant", hostile, "ada", hostile) == 0


async def test_a_digest_is_damaged_when_its_row_cannot_be_read(desk: Any) -> None:
    digest, sound = await desk.add(), await desk.add()
    async with desk.store.digests._database.writing() as connection:
        await connection.exec_driver_sql(f"UPDATE digests SET state = 'nonsense' WHERE number = {digest.number}")
    assert await desk.store.digests.get(digest.number) is None
    assert await desk.store.damaged.get(sound.number) is None
    damaged = await desk.store.damaged.get(digest.number)
    assert (damaged.number, damaged.owner_name, damaged.question) == (digest.number, "Ada Agent", digest.question)
    for found in (desk.store.damaged.all(), desk.store.damaged.of_owner("TENANT", "Ada")):
        assert await found == [damaged]
