"""An alert about renewals writes once about each subscription in its term."""

import re
import time
from typing import Any

from bot.commands.documents.condition_document import as_stored
from bot.commands.run_condition import ALERT
from tests.integration.digests.scheduler.test_alerts import quiet, state, today, told, use, written

QUESTION = "renewals in the next 365 days"


async def alert(scene: Any, question: str = QUESTION) -> None:
    """Set up an alert that is due."""
    scene.world.latest = today()
    await scene.digest(question=question, only_if=as_stored(ALERT), due=time.time() - 3_600)


async def test_subscriptions_are_posted_once_with_their_numbers(scene: Any) -> None:
    await alert(scene)
    async with scene.engine():
        await scene.come_to("sent")
        posted = written(scene)
        await quiet(scene)
        await quiet(scene)
    assert "subscriptions end soon" in posted
    assert "licenses bought from you" in posted
    assert "your subscriptions (report on all customers)" in posted


async def test_usage_that_falls_within_the_days_is_posted_then(scene: Any) -> None:
    await alert(scene, f"{QUESTION} below 60%")
    use(scene, 100)
    async with scene.engine():
        found = (await scene.over(1)).state
        assert found in ("sent", "cancelled")
        before = sum(each.over for each in (await state(scene)).lines.values())
        use(scene, 10)
        posted = await told(scene)
        await quiet(scene)
    assert before == 0
    assert re.search(r"assigned (not known|\d+), active \d+, unused \d+ · ", posted)
    assert any(each.over for each in (await state(scene)).lines.values())
