"""An alert writes once about each line that crosses its limit."""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.commands.documents.condition_document import as_stored
from bot.commands.run_condition import ALERT
from bot.digests.alerts.alert_state import AlertState
from bot.digests.runs.record_step import previous_about
from bot.simulator.partner_center.world.documented_rows import DEMO_CUSTOMER
from bot.store.digests.occurrence import FINAL
from tests.integration.digests.scheduler.test_conditions import SEALER
from tests.integration.digests.stage import until

QUESTION = "usage on Exchange by customer below 50%"


def today() -> date:
    return datetime.now(UTC).date()


async def alert(scene: Any, question: str = QUESTION, **fields: Any) -> None:
    """Set up an alert that is due, over figures of today of which all are used."""
    scene.world.latest = today()
    use(scene, 100)
    await scene.digest(question=question, only_if=as_stored(ALERT), **fields)


def use(scene: Any, percent: int, customers: int = 1_000) -> None:
    """Let so many customers use this part of each license."""
    world = scene.world
    for row in range(len(world)):
        if world.owner[row] < customers:
            world.qualified[row] = max(world.qualified[row], 100)
            world.active[row] = world.qualified[row] * percent // 100


def written(scene: Any) -> str:
    return repr(scene.connector.transcript.messages[-1].activity)


async def state(scene: Any) -> AlertState:
    found = AlertState.unpack(SEALER.decrypt((await scene.store.digests.get(1)).previous, previous_about(1)))
    assert found is not None
    return found


async def checked(scene: Any) -> str:
    """Check once more and return the outcome.

    It is due in a later minute: an answer is used for all digests of one minute.
    """
    due = (await scene.occurrence()).due + 60
    await scene.store.digests.change(1, None, next_due=due)

    async def over() -> bool:
        found = await scene.occurrence()
        return found.due == due and found.state in FINAL and not found.report

    await until(over)
    found = await scene.occurrence()
    return found.problem or found.state.value


async def quiet(scene: Any) -> None:
    """Check once more, and see that nothing is posted."""
    before = scene.posted()
    assert await checked(scene) == "not_met"
    assert scene.posted() == before


async def told(scene: Any) -> str:
    """Check once more, and return what is posted."""
    before = scene.posted()[1]
    assert await checked(scene) == "sent"
    assert scene.posted()[1] == before + 1
    return written(scene)


async def test_crossing_is_posted_once_from_what_to_what(scene: Any) -> None:
    await alert(scene, due=time.time() - 3_600)
    async with scene.engine():
        await scene.come_to("cancelled")
        use(scene, 48, customers=2)
        posted = await told(scene)
        use(scene, 50, customers=2)  # within the margin
        await quiet(scene)
    assert "2 customers crossed the limit: below 50%" in posted
    assert "48%" in posted
    assert "Before: " in posted
    assert "100%" in posted


async def test_line_that_came_back_and_crosses_again_is_posted_again(scene: Any) -> None:
    await alert(scene, due=time.time() - 3_600)
    async with scene.engine():
        await scene.come_to("cancelled")
        use(scene, 48, customers=1)
        await told(scene)
        use(scene, 60, customers=1)
        await quiet(scene)
        use(scene, 40, customers=1)
        assert "fell to 40%" in await told(scene)


async def test_what_is_over_the_limit_at_first_is_posted_as_such(scene: Any) -> None:
    await alert(scene, due=time.time() - 3_600)
    use(scene, 10, customers=1)
    async with scene.engine():
        await scene.come_to("sent")
        assert "It was so the first time this alert looked" in written(scene)
        await quiet(scene)


async def test_old_figures_are_mentioned_once_and_again_when_they_are_new(scene: Any) -> None:
    await alert(scene, due=time.time() - 3_600)
    scene.world.latest = today() - timedelta(days=200)
    async with scene.engine():
        await scene.come_to("sent")
        assert "no current figures for this question" in written(scene)
        await quiet(scene)
        scene.world.latest = today()
        assert "The figures can be compared again." in await told(scene)
        await quiet(scene)


async def test_check_that_a_person_asks_for_is_posted_and_remembered(scene: Any) -> None:
    await alert(scene, due=time.time() + 3_600)
    use(scene, 20, customers=1)
    await scene.store.digests.change(1, None, requested=time.time() - 3_600)
    async with scene.engine():
        await scene.come_to("sent")
        assert "20%" in written(scene)
        await quiet(scene)
        await scene.store.digests.change(1, None, requested=time.time())
        await scene.come_to("sent")
    assert scene.posted() == {1: 2}  # it is no news, and it was asked for


async def test_many_unused_licenses_are_counted_in_one_workload(scene: Any) -> None:
    await alert(scene, "usage by customer with more than 20 unused licenses", due=time.time() - 3_600)
    async with scene.engine():
        await scene.come_to("cancelled")
        use(scene, 70, customers=1)
        posted = await told(scene)
    assert f"{DEMO_CUSTOMER.name}" in posted or "unused" in posted
    assert "at most 19 unused" not in posted
    assert "at most 18 unused" in posted


async def test_message_whose_outcome_is_unknown_is_repeated_once_with_a_remark(scene: Any) -> None:
    await alert(scene, due=time.time() - 3_600)
    async with scene.engine():
        await scene.come_to("cancelled")
        use(scene, 48, customers=1)
        before = await state(scene)
        await told(scene)
        # As if Teams had not answered: the outcome is unknown, and the step that stores it has run.
        doubted = (await state(scene)).doubted(before)
        sealed = SEALER.encrypt(doubted.pack(), previous_about(1))
        await scene.store.digests.change(1, None, previous=sealed)
        assert "You may have read this already" in await told(scene)
        await quiet(scene)
