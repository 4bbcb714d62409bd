"""A digest that waits for a sign-in is posted after it.

Whatever fails or stops then.
"""

import time
from typing import Any

import pytest

from bot.concurrency.backoff import Backoff
from bot.digests.scheduler.dbos_queue import RunQueue
from bot.digests.scheduler.dbos_runtime import WorkerSettings
from bot.digests.scheduler.lost_runs import RecoverySettings
from bot.digests.scheduler.replica_failover import Heartbeat
from bot.digests.scheduler.scheduler import SchedulerSettings
from bot.digests.scheduler.waiting_runs import WaitingRuns
from bot.domain.conversation import Caller
from bot.errors import ClaimsRequiredError, NotSignedInError, StoreError
from tests.integration.digests.stage import OWNER, SignIns, draft

# Nothing is searched for.
UNSEARCHED = SchedulerSettings(WorkerSettings(poll=0.05), Heartbeat(0.2, 1.0), RecoverySettings(3_600.0, 0.0))
AT_ONCE = Backoff(first=0.0, longest=0.0, attempts=4)
NOW = time.time()


def signed_out() -> SignIns:
    return SignIns({OWNER.object_id: NotSignedInError("not signed in")})


async def test_digest_is_posted_when_the_store_fails_right_after_the_sign_in(
    scene: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.digest()
    sign_ins, failures = signed_out(), [StoreError("dropped")] * 3
    take_up = scene.store.ledger.take_up

    async def failing(*given: Any) -> Any:
        if failures:
            raise failures.pop()
        return await take_up(*given)

    async with scene.engine(sign_ins=sign_ins, settings=UNSEARCHED) as engine:
        await scene.come_to("waiting")
        sign_ins.out.clear()
        engine._waiting._again = AT_ONCE
        monkeypatch.setattr(scene.store.ledger, "take_up", failing)
        await engine.signed_in(OWNER)
        await scene.come_to("sent")
    assert (scene.posted(), failures) == ({1: 1}, [])


async def test_digest_is_posted_when_the_process_stopped_right_after_the_sign_in(scene: Any) -> None:
    await scene.digest()
    sign_ins = signed_out()
    async with scene.engine(sign_ins=sign_ins, settings=UNSEARCHED):
        await scene.come_to("waiting")
    sign_ins.out.clear()
    async with scene.engine("two", sign_ins=sign_ins):
        await scene.come_to("sent")
    assert scene.posted() == {1: 1}


@pytest.fixture
async def queue(scene: Any) -> Any:
    async with scene.engine():
        pass  # creates the queue's tables
    workflows = RunQueue(scene.store.sync_url)
    yield workflows
    await workflows.close()


async def waits(scene: Any, problem: str, began: float) -> None:
    """Let a new run of Ada's wait since `began`."""
    digest = await scene.store.digests.add(draft(NOW, scene.places[0], scene.connector))
    await scene.store.digests.claim(NOW, 9, lambda *_: None, lambda *_: None)
    assert await scene.store.ledger.advance(
        digest.number, int(NOW), {"due"}, "waiting", problem=problem, finished=began
    )


async def test_one_sign_in_takes_a_run_up_once_when_it_does_not_help(scene: Any, queue: RunQueue) -> None:
    since: list[float | None] = [None]

    async def signed_in(_: Caller) -> float | None:
        return since[0]

    search = WaitingRuns(scene.store, queue, signed_in)
    await waits(scene, "claims_required", began=NOW + 5)
    assert await search.look() == 0
    since[0] = NOW + 4  # it is the sign-in whose token was refused
    assert await search.look() == 0
    since[0] = NOW + 6
    assert [await search.look() for _ in range(2)] == [1, 0]
    (run,) = await scene.store.ledger.of(1)
    assert (run.state, run.attempt, run.finished) == ("due", 2, None)
    await scene.store.ledger.advance(1, run.due, {"due"}, "waiting", problem="claims_required", finished=NOW + 7)
    assert await search.look() == 0


async def test_each_owner_is_looked_at_however_many_wait(
    scene: Any, queue: RunQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.digests.scheduler.waiting_runs.AT_ONCE", 2)
    asked: list[str] = []

    async def signed_in(owner: Caller) -> float | None:
        asked.append(owner.object_id)
        return None

    for name in "abcde":
        owner = Caller(OWNER.tenant_id, name, name)
        await scene.store.digests.add(draft(NOW, scene.places[0], scene.connector, owner=owner))
    for run in (await scene.store.digests.claim(NOW, 9, lambda *_: None, lambda *_: None)).runs:
        await scene.store.ledger.advance(run.digest.number, run.due, {"due"}, "waiting", problem="not_signed_in")
    search = WaitingRuns(scene.store, queue, signed_in)
    for _ in range(4):
        await search.look()
    assert "".join(asked) == "abcdeab"


async def test_an_owner_of_whom_a_token_is_demanded_counts_as_signed_in(scene: Any) -> None:
    sign_ins = SignIns({OWNER.object_id: ClaimsRequiredError("{}")}, since=NOW - 60)
    await scene.digest()
    async with scene.engine(sign_ins=sign_ins):
        waiting = await scene.come_to("waiting")
        sign_ins.out.clear()
        sign_ins.since = time.time() + 1
        sent = await scene.come_to("sent")
    assert (waiting.problem, waiting.attempt, sent.attempt) == ("claims_required", 1, 2)
