"""Lost runs are recovered, whatever their status.

Runs in progress are not touched.
"""

import asyncio
import time
from typing import Any

import pytest
from sqlalchemy import text, update

from bot.digests.runs.run_id import RunId
from bot.digests.scheduler.dbos_queue import RunQueue
from bot.digests.scheduler.lost_runs import LostRunRecovery
from bot.store.database.tables import DIGESTS, OCCURRENCES
from bot.store.digests.due_claim import DueClaim
from bot.store.digests.occurrence import OccurrenceState
from bot.store.digests.signed_rows import SignedRows
from tests.integration.digests.stage import until

# What a test writes to the queue's row of a run.
LOST = {
    "an earlier process with this id ran it": {"status": "PENDING", "executor_id": "one"},
    "a replica ran it that died before its first heartbeat": {"status": "PENDING", "executor_id": "nobody"},
    "its result could not be stored": {"status": "ERROR", "executor_id": "one"},
    "another release enqueued it": {"application_version": "digests-0"},
    "another release ran it": {"status": "PENDING", "executor_id": "nobody", "application_version": "digests-0"},
}

LATER = 3_600


async def _claim(scene: Any, change: dict[str, str], ago: float = 1, state: str = OccurrenceState.DUE) -> None:
    """Make digest 1 due, claim it, and change the queue's row of the run; `state` is the ledger's.

    All is done in one transaction: a running scheduler would otherwise claim the digest or search for lost runs in
    between.
    """
    now = time.time()
    workflows = RunQueue(scene.store.sync_url)
    table = "workflow_status" if scene.store.sync_url.startswith("sqlite") else "dbos.workflow_status"
    values = ", ".join(f"{name} = :{name}" for name in change)
    lose = text(f"UPDATE {table} SET {values} WHERE workflow_uuid = :run")

    def enqueue(connection: Any, claim: Any) -> None:
        run = RunId(claim.digest.number, claim.due)
        workflows.put(connection, run, claim.digest)
        connection.execute(lose, change | {"run": str(run)})
        connection.execute(update(OCCURRENCES).values(state=state))

    def claim(connection: Any) -> int:
        connection.execute(update(DIGESTS).values(next_due=now - ago))
        return len(DueClaim(connection, SignedRows(None), now, lambda _, after: after + 86_400).claim(10, enqueue).runs)

    assert await scene.store._database.write(claim) == 1
    await workflows.close()


@pytest.mark.parametrize("change", LOST.values(), ids=LOST)
async def test_lost_run_is_recovered(scene: Any, change: dict[str, str]) -> None:
    async with scene.engine():
        pass  # creates the queue's tables
    await scene.digest(due=time.time() + LATER)
    async with scene.engine():
        await _claim(scene, change)
        await scene.come_to("sent")
        assert scene.posted() == {1: 1}
        await scene.digest(place=0)  # the conversation is free again
        await scene.come_to("sent", 2)
        assert scene.posted() == {1: 1, 2: 1}


async def test_run_fails_when_it_was_in_progress_in_too_many_crashes(scene: Any) -> None:
    async with scene.engine():
        pass
    await scene.digest(due=time.time() + LATER)
    async with scene.engine():
        await _claim(scene, {"status": "MAX_RECOVERY_ATTEMPTS_EXCEEDED", "executor_id": "one"})
        assert (await scene.come_to("failed")).problem == "internal lost"
        (told,) = [await scene.connector.next_message()]
        assert told.conversation_id not in {place.id for place in scene.places}  # the owner's 1:1 chat
        await scene.digest(place=0)
        await scene.come_to("sent", 2)
        assert scene.posted()[2] == 1


async def test_lost_run_is_unknown_when_it_was_being_posted(scene: Any) -> None:
    async with scene.engine():
        pass
    await scene.digest(due=time.time() + LATER)
    async with scene.engine():
        await _claim(scene, LOST["its result could not be stored"], state=OccurrenceState.SENDING)
        assert (await scene.come_to("unknown")).problem == "interrupted"
        assert scene.posted() == {}


async def test_lost_run_is_cancelled_when_a_newer_one_was_posted(scene: Any) -> None:
    async with scene.engine():
        pass
    await scene.digest(due=time.time() + LATER)
    await _claim(scene, LOST["its result could not be stored"], ago=600)
    lost = await scene.occurrence()
    await scene.store.digests.change(1, None, next_due=time.time() - 1)
    async with scene.engine():
        await scene.come_to("sent")

        async def cancelled() -> bool:
            return (await scene.store.ledger.get(1, lost.due)).state == "cancelled"

        await until(cancelled)
        assert scene.posted() == {1: 1}


async def test_slow_run_is_not_lost(scene: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[int] = []
    look = LostRunRecovery.look

    async def counted(self: LostRunRecovery) -> int:
        found.append(await look(self))
        return found[-1]

    async def searches(count: int) -> None:
        """Wait until so many more searches have ended that began from now on."""
        last = len(found) + 1 + count
        while len(found) < last:  # noqa: ASYNC110  # there is no event to wait for
            await asyncio.sleep(0.01)

    monkeypatch.setattr(LostRunRecovery, "look", counted)
    for place in range(3):
        await scene.digest(place)
    scene.partner_center.opened.clear()
    async with scene.engine():
        while not scene.partner_center.held:  # noqa: ASYNC110  # the runs are not in progress yet
            await asyncio.sleep(0.01)
        await searches(6)
        scene.partner_center.opened.set()
        for number in (1, 2, 3):
            assert (await scene.come_to("sent", number)).attempt == 1
        await searches(2)
    assert set(found) == {0}
    assert scene.posted() == {1: 1, 2: 1, 3: 1}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_all_runs_are_made_when_the_database_can_be_written_again(scene: Any) -> None:
    for place in range(3):
        await scene.digest(place)
    scene.partner_center.opened.clear()
    spoil = "CREATE TRIGGER spoiled BEFORE {} ON {} BEGIN SELECT RAISE(ABORT, 'no'); END"

    async def run(statement: str) -> None:
        await scene.store.digests._database.write(lambda connection: connection.exec_driver_sql(statement).close())

    async def asked() -> bool:
        return scene.partner_center.held > 0

    async with scene.engine() as engine:
        await until(asked)
        await run(spoil.format("INSERT", "operation_outputs"))
        await run(spoil.format("UPDATE", "workflow_status").replace("spoiled", "spoiled_too"))
        scene.partner_center.opened.set()

        async def ended() -> bool:
            return not engine._durable.running

        await until(ended)
        assert {each.state for number in (1, 2, 3) for each in await scene.store.ledger.of(number)} == {"fetched"}
        await run("DROP TRIGGER spoiled")
        await run("DROP TRIGGER spoiled_too")
        for number in (1, 2, 3):
            await scene.come_to("sent", number)
    assert scene.posted() == {1: 1, 2: 1, 3: 1}
