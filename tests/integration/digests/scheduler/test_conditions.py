"""A digest with a condition: nothing is posted unless it holds."""

import time
from dataclasses import replace
from typing import Any

from bot.commands.documents.condition_document import as_stored
from bot.commands.run_condition import RunCondition
from bot.digests.content.previous_totals import PreviousTotals
from bot.digests.digest_metrics import DigestMetrics
from bot.digests.runs.record_step import previous_about
from bot.domain.figures import LicenseFigures, Licenses
from bot.identity.tokens.encryption import Encryptor
from tests.integration.digests.scheduler.test_figures import counted
from tests.integration.digests.stage import KEY

SEALER = Encryptor([KEY])
UNUSED = LicenseFigures(Licenses(0, 10, 10))
MANY_UNUSED = as_stored(RunCondition(unused_above=0))


async def again(scene: Any, number: int = 1) -> None:
    """Make the digest due once more, in another second than before."""
    await scene.store.digests.change(number, None, next_due=time.time() - 0.5)


async def test_nothing_is_posted_while_nothing_changes(scene: Any) -> None:
    metrics = DigestMetrics()
    await scene.digest(due=time.time() - 3, only_if=as_stored(RunCondition(changed=True)))
    async with scene.engine(happened=metrics.happened):
        assert (await scene.over(1)).state == "sent"
        posted = (await scene.store.digests.get(1)).previous_at
        await again(scene)
        found = await scene.come_to("cancelled")
    digest = await scene.store.digests.get(1)
    assert (found.problem, found.payload) == ("unchanged", None)
    assert (digest.last, digest.state, digest.misses) == ("unchanged", "active", 0)
    assert digest.previous_at == posted  # the next one is compared with the one that people have read
    assert scene.posted() == {1: 1}
    assert counted(metrics) == {"due": 2, "sent": 1, "cancelled": 1, "quiet": 1}


async def test_nothing_is_posted_unless_a_line_is_as_wanted(scene: Any) -> None:
    await scene.digest(only_if=as_stored(RunCondition(unused_above=10**8)))
    await scene.digest(only_if=as_stored(RunCondition(unused_above=0)))
    async with scene.engine():
        assert [(await scene.over(number)).state for number in (1, 2)] == ["cancelled", "sent"]
    assert [(await scene.store.digests.get(number)).last for number in (1, 2)] == ["not_met", "sent"]
    assert scene.posted() == {2: 1}


async def test_run_that_a_person_asks_for_is_posted_all_the_same(scene: Any) -> None:
    digest = await scene.digest(due=time.time() + 3600, only_if=as_stored(RunCondition(unused_above=10**8)))
    await scene.store.digests.change(digest.number, None, requested=time.time())
    async with scene.engine():
        assert (await scene.over(1)).state == "sent"
    assert scene.posted() == {1: 1}


async def test_line_that_stays_below_is_posted_once(scene: Any) -> None:
    await scene.digest(only_if=as_stored(RunCondition(drops_below=1.0)))
    async with scene.engine():
        assert (await scene.over(1)).state == "sent"  # the first one: nothing can have dropped yet
        await again(scene)
        assert (await scene.come_to("cancelled")).problem == "not_met"
    assert scene.posted() == {1: 1}


async def test_line_that_recovers_is_kept_beside_the_last_message(scene: Any) -> None:
    await scene.digest(only_if=as_stored(RunCondition(drops_below=0.000001)))
    async with scene.engine():
        assert (await scene.over(1)).state == "sent"
        posted = await scene.store.digests.get(1)
        low = PreviousTotals.unpack(SEALER.decrypt(posted.previous, previous_about(1)))
        items = {key: replace(item, figures=UNUSED) for key, item in low.items.items()}
        sealed = SEALER.encrypt(replace(low, items=items).pack(), previous_about(1))
        await scene.store.digests.change(1, None, previous=sealed)  # as if no license had been in use
        await again(scene)
        assert (await scene.come_to("cancelled")).problem == "not_met"
    digest = await scene.store.digests.get(1)
    kept = PreviousTotals.unpack(SEALER.decrypt(digest.previous, previous_about(1)))
    used = {key for key, item in low.items.items() if item.figures.sums.active}
    assert used
    assert (kept.items, kept.later.keys()) == (items, used)
    assert digest.previous_at == posted.previous_at


async def test_posted_digest_says_why_it_came_unless_a_person_asked_for_it(scene: Any) -> None:
    await scene.digest(only_if=MANY_UNUSED)
    async with scene.engine():
        assert (await scene.over(1)).state == "sent"
        assert "more than 0 unused licenses." in repr(scene.connector.transcript.messages[-1].activity)
        asked = await scene.digest(due=time.time() + 3600, only_if=MANY_UNUSED)
        await scene.store.digests.change(asked.number, None, requested=time.time())
        assert (await scene.over(2)).state == "sent"
        assert "more than 0 unused licenses." not in repr(scene.connector.transcript.messages[-1].activity)
