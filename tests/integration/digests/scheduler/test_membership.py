"""An owner leaves while runs are in progress, on one replica or two."""

import time
from collections import Counter
from typing import Any

import pytest

from bot.digests.scheduler.dbos_runtime import WorkerSettings
from bot.digests.scheduler.replica_failover import Heartbeat
from bot.digests.scheduler.scheduler import SchedulerSettings
from bot.simulator.connector import ADA, OrderedFailure, personal
from bot.store.digests.digest_record import LEFT, Digest
from bot.teams.connector.conversation_roster import ConversationRoster
from tests.integration.digests.stage import until

CHAT = personal(ADA)
# No replica is considered dead, however slow it is: a notice may be repeated after that.
ALIVE = SchedulerSettings(slots=WorkerSettings(poll=0.05), heartbeat=Heartbeat(0.2, 3_600.0))


def said_in(scene: Any) -> Counter[str]:
    return Counter(each.conversation_id for each in scene.connector.transcript.messages)


async def all_left(scene: Any) -> bool:
    digests = await scene.store.digests.all()
    runs = [each for digest in digests for each in await scene.store.ledger.of(digest.number)]
    return {each.reason for each in digests} == {LEFT} and {each.state.value for each in runs} == {"cancelled"}


async def test_two_replicas_send_one_notice_for_each_digest(scene: Any) -> None:
    scene.connector.state.remove_member(ADA, scene.places[0].id)
    async with scene.engine("one", settings=ALIVE), scene.engine("two", settings=ALIVE):
        for _ in range(3):
            await scene.digest()

        async def ended() -> bool:
            return await all_left(scene) and said_in(scene)[CHAT.id] >= 3

        await until(ended)
    assert said_in(scene) == {CHAT.id: 3}


async def test_run_by_hand_is_withdrawn_when_the_owner_leaves_at_its_end(
    scene: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = await scene.digest(due=time.time() + 86_400)
    asked = ConversationRoster.is_member
    answers: list[bool] = []

    async def event_right_after(roster: Any, of: Digest, *, fresh: bool = False) -> bool:
        answers.append(await asked(roster, of, fresh=fresh))
        if len(answers) == 1:
            scene.connector.state.remove_member(ADA, scene.places[0].id)
            await scene.store.digests.leave(of.tenant_id, of.conversation_id, lambda _: True)
        return answers[-1]

    monkeypatch.setattr(ConversationRoster, "is_member", event_right_after)
    await scene.store.digests.change(digest.number, None, requested=time.time())
    async with scene.engine():
        await scene.come_to("cancelled")
        await until(lambda: all_left(scene))
    assert answers == [True, False]
    assert scene.posted() == {}


async def test_failing_roster_ends_in_a_failed_run_and_an_active_digest(scene: Any) -> None:
    scene.connector.fail_roster(*[OrderedFailure(503)] * 99)
    await scene.digest()
    async with scene.engine(waits=(0.0, 0.0)):
        failed = await scene.come_to("failed")
        await until(lambda: notified(scene))
    digest = await scene.store.digests.get(1)
    assert (failed.problem, failed.attempt) == ("503 ServiceError", 3)
    assert (digest.state, digest.reason, digest.refusals) == ("active", "", 0)
    assert said_in(scene) == {CHAT.id: 1}


async def notified(scene: Any) -> bool:
    return said_in(scene)[CHAT.id] > 0


async def test_digest_is_posted_by_a_retry_when_the_roster_answers_again(scene: Any) -> None:
    scene.connector.fail_roster(*[OrderedFailure(503)] * 2)  # as often as one attempt asks
    await scene.digest()
    async with scene.engine(waits=(0.0, 0.0)):
        sent = await scene.come_to("sent")
    assert (scene.posted(), sent.attempt) == ({1: 1}, 2)
