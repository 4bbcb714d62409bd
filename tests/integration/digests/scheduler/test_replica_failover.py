"""A replica is wrongly considered dead.

Its runs are executed twice, and still result in one message and an end.
"""

from typing import Any

from tests.integration.digests.stage import until


async def _twice(engine: Any) -> None:
    """Take the runs over; the replica that does so is this process."""
    assert await engine._workflows.take_over("one") == 1

    async def twice() -> bool:
        return len(engine._durable._running) == 2

    await until(twice)


async def test_second_replica_posts_what_the_first_one_fetched(scene: Any) -> None:
    await scene.digest()
    scene.partner_center.opened.clear()

    async def asked() -> bool:
        return scene.partner_center.held > 0

    async with scene.engine() as engine:
        await until(asked)
        await _twice(engine)
        scene.partner_center.opened.set()
        await scene.come_to("sent")
        assert scene.posted() == {1: 1}
        digest = await scene.store.digests.get(1)
        assert digest.last == "sent"
        assert digest.previous


async def test_message_is_unknown_until_the_first_replica_records_it(scene: Any) -> None:
    await scene.digest()
    scene.teams.opened.clear()

    async def posted() -> bool:
        return scene.teams.held > 0

    async with scene.engine() as engine:
        await until(posted)
        await engine._workflows.take_over("one")
        await scene.come_to("unknown")
        scene.teams.opened.set()
        sent = await scene.come_to("sent")
        assert sent.activity_id

        async def told() -> bool:
            return (await scene.store.digests.get(1)).last == "sent"

        await until(told)
        assert scene.posted() == {1: 1}
