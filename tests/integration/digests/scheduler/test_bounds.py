"""What another service asks for, and what a search finds, has a bound."""

import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from bot.digests.runs.notify_step import NotifyStep
from bot.digests.runs.run_id import RunId
from bot.digests.runs.send_step import SendStep
from bot.digests.runs.step_context import StepContext
from bot.digests.scheduler.dbos_queue import RunQueue
from bot.digests.scheduler.lost_runs import LOST, LostRunRecovery, RecoverySettings
from bot.errors import DeliveryError, NotSentError
from bot.identity.tokens.encryption import Encryptor
from bot.store.digests.occurrence import Occurrence, OccurrenceState
from tests.integration.digests.stage import KEY, Messages, draft

NOW = float(int(time.time()))
DAY = 86_400.0


@pytest.fixture
async def parts(scene: Any) -> AsyncIterator[StepContext]:
    async with aiohttp.ClientSession() as session:
        messenger = Messages(session, scene.connector.service_url)
        yield StepContext(
            scene.store, messenger, messenger.roster, Encryptor([KEY]), "one", lambda: NOW, waits=(30.0, 60.0)
        )


@pytest.fixture
async def queue(scene: Any) -> AsyncIterator[RunQueue]:
    async with scene.engine():
        pass  # creates the queue's tables
    workflows = RunQueue(scene.store.sync_url)
    yield workflows
    await workflows.close()


async def claimed(scene: Any, count: int = 1, enqueue: Callable[..., Any] = lambda *_: None) -> list[RunId]:
    """Set up and claim digests that are due again in 30 days."""
    for late in range(count):
        await scene.store.digests.add(draft(NOW - count + late, scene.places[0], scene.connector))
    claim = await scene.store.digests.claim(NOW, 99, lambda *_: NOW + 30 * DAY, enqueue)
    return sorted(RunId(each.digest.number, each.due) for each in claim.runs)


async def run_of(scene: Any, run: RunId) -> Occurrence:
    found: Occurrence = await scene.store.ledger.get(run.number, run.due)
    return found


@pytest.mark.parametrize("seconds", [91.0, 999_999.0, 1e300, math.inf, math.nan])
async def test_a_run_fails_when_it_is_asked_to_wait_too_long(scene: Any, parts: StepContext, seconds: float) -> None:
    (run,) = await claimed(scene)
    word = await parts.again(run, "throttled", seconds)
    assert word == f"tell failed:{run.number} throttled"
    assert (await run_of(scene, run)).state == "failed"


@pytest.mark.parametrize("seconds", [None, 0.0, 45.0, 90.0])
async def test_a_run_waits_as_long_as_it_is_asked_to(scene: Any, parts: StepContext, seconds: float | None) -> None:
    (run,) = await claimed(scene)
    word = await parts.again(run, "throttled", seconds)
    assert float(word.removeprefix("again ")) >= (seconds or 24.0)
    assert (await run_of(scene, run)).state == "due"


Move = Callable[[], Awaitable[object]]


async def test_recovery_closes_a_run_only_from_the_state_that_it_read(
    scene: Any, parts: StepContext, queue: RunQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    (run,) = await claimed(scene)
    await scene.store.digests.change(run.number, None, requested=NOW)
    await scene.store.digests.claim(NOW, 9, lambda *_: NOW + DAY, lambda *_: None)  # a newer run replaces the lost one
    ledger, of = scene.store.ledger, scene.store.ledger.of

    async def meanwhile(number: int, limit: int = 10) -> list[Occurrence]:
        """Let another replica post the message between the look at the run and its end."""
        await ledger.advance(run.number, run.due, {"due"}, "sending", executor="two")
        found: list[Occurrence] = await of(number, limit)
        return found

    monkeypatch.setattr(ledger, "of", meanwhile)
    search = LostRunRecovery(parts, queue, list, RecoverySettings(0.0, -1.0), NotifyStep(parts))
    for _ in range(2):
        await search.look()
    found = await run_of(scene, run)
    assert (found.state, found.problem, found.executor) == ("sending", "", "two")


async def test_a_lost_run_is_closed_when_a_newer_one_replaces_it(
    scene: Any, parts: StepContext, queue: RunQueue
) -> None:
    (run,) = await claimed(scene)
    await scene.store.digests.change(run.number, None, requested=NOW)
    await scene.store.digests.claim(NOW, 9, lambda *_: NOW + DAY, lambda *_: None)
    search = LostRunRecovery(parts, queue, list, RecoverySettings(0.0, -1.0), NotifyStep(parts))
    for _ in range(2):
        await search.look()
    found = await run_of(scene, run)
    assert (found.state, found.problem) == ("cancelled", LOST)


async def test_every_run_is_searched_for_however_many_are_under_way(
    scene: Any, parts: StepContext, queue: RunQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.digests.scheduler.lost_runs.AT_ONCE", 2)

    def two_of_five(connection: Any, claim: Any) -> None:
        if claim.digest.number <= 2:
            queue.put(connection, RunId(claim.digest.number, claim.due), claim.digest)

    runs = await claimed(scene, 5, two_of_five)
    search = LostRunRecovery(parts, queue, list, RecoverySettings(0.0, -1.0), NotifyStep(parts))
    for _ in range(6):
        await search.look()
    assert [(await run_of(scene, run)).attempt for run in runs] == [1, 1, 2, 2, 2]


async def test_all_runs_of_a_dead_replica_are_taken_over_although_two_cannot_be(
    scene: Any, queue: RunQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.digests.scheduler.dbos_queue.BATCH", 2)

    def put(connection: Any, claim: Any) -> None:
        queue.put(connection, RunId(claim.digest.number, claim.due), claim.digest)

    runs = await claimed(scene, 5, put)
    table = "workflow_status" if scene.store.sync_url.startswith("sqlite") else "dbos.workflow_status"
    dead = text(f"UPDATE {table} SET status = 'PENDING', executor_id = 'dead'")
    await scene.store._database.write(lambda connection: connection.execute(dead).close())
    resume = queue.resume

    async def but_two(ids: Sequence[str]) -> None:
        await resume([each for each in ids if each not in map(str, runs[:2])])

    monkeypatch.setattr(queue, "resume", but_two)
    assert await queue.take_over("dead") == 5
    assert sorted(each.run for each in await queue.pending()) == runs[:2]


async def posting(scene: Any, parts: StepContext) -> RunId:
    """Claim a run whose message is drawn."""
    (run,) = await claimed(scene)
    await scene.store.ledger.advance(
        run.number, run.due, {"due"}, OccurrenceState.COMPOSED, payload=parts.seal(b"{}", run)
    )
    return run


def taken_over(scene: Any, parts: StepContext, run: RunId, error: DeliveryError) -> Any:
    """Return a post that takes too long.

    Another replica records its outcome as unknown.
    """

    async def post(_digest: Any, _drawn: bytes, ready: Move) -> None:
        await ready()
        assert await scene.store.ledger.advance(
            run.number, run.due, {"sending"}, OccurrenceState.UNKNOWN, problem="interrupted", payload=None
        )
        raise error

    return post


async def test_a_post_called_unknown_is_repeated_when_nothing_was_posted(
    scene: Any, parts: StepContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await posting(scene, parts)
    error = NotSentError(503, "later")
    monkeypatch.setattr(parts.messenger, "post", taken_over(scene, parts, run, error))
    assert (await SendStep(parts)(run)).startswith("again ")
    found = await run_of(scene, run)
    assert (found.state, found.finished, found.payload) == ("due", None, None)


async def test_a_post_called_unknown_fails_when_it_was_refused(
    scene: Any, parts: StepContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await posting(scene, parts)
    error = DeliveryError(403, "no", code="NotEnoughPermissions")
    monkeypatch.setattr(parts.messenger, "post", taken_over(scene, parts, run, error))
    assert await SendStep(parts)(run) == f"tell failed:{run.number} 403 NotEnoughPermissions"
    assert (await run_of(scene, run)).state == "failed"


async def test_a_post_called_unknown_stays_so_when_nothing_is_known(
    scene: Any, parts: StepContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await posting(scene, parts)
    monkeypatch.setattr(parts.messenger, "post", taken_over(scene, parts, run, DeliveryError(None, "no answer")))
    assert await SendStep(parts)(run) == "on"
    assert (await run_of(scene, run)).state == "unknown"
