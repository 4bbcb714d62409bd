"""A refusal is counted once, whatever fails or crashes around it."""

import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.digests.runs.delivery_failure import verdict
from bot.digests.runs.notify_step import NotifyStep
from bot.digests.runs.refused_post import RefusedPost
from bot.digests.runs.run_id import RunId
from bot.digests.runs.step_context import StepContext
from bot.domain.recurrence import OneTime, Schedule
from bot.errors import DeliveryError, StoreError
from bot.identity.tokens.encryption import Encryptor
from bot.store import Digest
from bot.store.digests.occurrence import OccurrenceState
from cards.views.digest_views import DigestNoticeView
from tests.integration.digests.stage import KEY, Messages, draft

NOW = time.time()
FOUND = verdict(DeliveryError(404, "gone", code="ConversationNotFound"))
DAY = 86_400.0


@pytest.fixture
async def parts(scene: Any) -> AsyncIterator[StepContext]:
    async with aiohttp.ClientSession() as session:
        messenger = Messages(session, scene.connector.service_url)
        yield StepContext(scene.store, messenger, messenger.roster, Encryptor([KEY]), "one", lambda: NOW)


async def sending(scene: Any, count: int) -> list[RunId]:
    """Claim digests with a single time, and start to post them."""
    once = Schedule(OneTime(5), None, "UTC")
    for _ in range(count):
        await scene.store.digests.add(draft(NOW, scene.places[0], scene.connector, schedule=once))
    claims = (await scene.store.digests.claim(NOW, 9, lambda *_: None, lambda *_: None)).runs
    for claim in claims:
        await scene.store.ledger.advance(claim.digest.number, claim.due, {"due"}, OccurrenceState.SENDING)
    return [RunId(claim.digest.number, claim.due, 1) for claim in claims]


async def digest(scene: Any, run: RunId) -> Digest:
    found: Digest = await scene.store.digests.get(run.number)
    return found


async def test_refusal_counts_once_when_the_store_fails_after_it(
    scene: Any, parts: StepContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    (run,) = await sending(scene, 1)
    refuse = parts.store.digests.refuse

    async def lost(*given: Any) -> None:
        await refuse(*given)
        raise StoreError("the connection was dropped")

    with monkeypatch.context() as patch:
        patch.setattr(parts.store.digests, "refuse", lost)
        with pytest.raises(StoreError):
            await RefusedPost(parts).count(run, FOUND)
    assert await RefusedPost(parts).count(run, FOUND) == "over"
    kept, occurrence = await digest(scene, run), await scene.store.ledger.get(run.number, run.due)
    assert (kept.state, kept.last, kept.refusals, occurrence.state) == ("active", "refused", 1, "failed")


async def test_each_owner_is_notified_when_a_crash_came_after_the_count(scene: Any, parts: StepContext) -> None:
    first, second = await sending(scene, 2)
    for run in (first, second):
        await scene.store.digests.change(run.number, None, refusals=5, refused_since=NOW - 2 * DAY)
    assert await RefusedPost(parts).count(second, FOUND) == f"tell gone:{second.number} {FOUND.problem}"
    crashed = await RefusedPost(parts).count(first, FOUND)
    assert crashed == f"tell gone:{first.number} {FOUND.problem}"
    again = await RefusedPost(parts).counted(first)
    assert again == f"tell gone:{first.number},gone:{second.number} {FOUND.problem}"
    assert [(await digest(scene, run)).last for run in (first, second)] == ["refused", "refused"]


async def test_refusal_is_counted_when_another_replica_took_the_run_over(scene: Any, parts: StepContext) -> None:
    (run,) = await sending(scene, 1)
    await scene.store.ledger.advance(run.number, run.due, {"sending"}, OccurrenceState.UNKNOWN)
    assert await RefusedPost(parts).count(run, FOUND) == "over"
    assert ((await digest(scene, run)).last, (await digest(scene, run)).state) == ("refused", "active")


async def test_nothing_is_counted_when_the_digest_was_deleted(scene: Any, parts: StepContext) -> None:
    (run,) = await sending(scene, 1)
    await scene.store.stopped.stop(run.number, "ada")
    assert await RefusedPost(parts).count(run, FOUND) == "over"


async def test_notice_says_gone_when_release_0_1_stored_it_as_removed(scene: Any, parts: StepContext) -> None:
    (run,) = await sending(scene, 1)
    await scene.store.digests.change(run.number, None, state="suspended", reason="removed")
    assert (await digest(scene, run)).reason == "gone"
    await NotifyStep(parts)(run, f"tell removed:{run.number} 404 ConversationNotFound")
    assert isinstance(parts.messenger, Messages)
    ((number, view),) = parts.messenger.told
    assert isinstance(view, DigestNoticeView)
    assert (number, view.notice, view.again is not None) == (run.number, "gone", True)
