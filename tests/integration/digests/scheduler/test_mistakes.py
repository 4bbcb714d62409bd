"""A bug during a run fails that one digest only.

Its owner is notified, and no run is stuck.
"""

import time
from collections import Counter
from typing import Any

from tests.integration.digests.scheduler.conftest import SETTINGS
from tests.integration.digests.stage import Messages, engine_at, until


class Mistaken(Messages):
    """Raises an unexpected error.

    For digest 1 it does so while drawing, for digest 2 before posting, for digest 3 after posting.
    """

    def draw(self, digest: Any, view: Any) -> bytes:
        if digest.number == 1:
            raise ValueError(view)
        return super().draw(digest, view)

    async def post(self, digest: Any, drawn: bytes, ready: Any) -> str | None:
        if digest.number == 2:
            raise KeyError(2)
        posted = await super().post(digest, drawn, ready)
        if digest.number == 3:
            raise KeyError(3)
        return posted


async def test_owner_is_notified_and_outcome_is_unknown_after_posting(scene: Any) -> None:
    happened: list[str] = []
    messengers: list[Mistaken] = []

    def messenger(session: Any) -> Mistaken:
        messengers.append(Mistaken(session, scene.connector.service_url))
        return messengers[0]

    for place in (0, 1, 2, 0):
        await scene.digest(place)
    async with engine_at(
        scene.store, scene.partner_center_url, messenger, time.time, settings=SETTINGS, happened=happened.append
    ):
        ended = [await scene.over(number) for number in range(1, 5)]

        async def told() -> bool:
            return {number for number, _ in messengers[0].told} == {1, 2}

        await until(told)
    assert [each.state for each in ended] == ["failed", "failed", "unknown", "sent"]
    assert [each.problem for each in ended] == ["internal", "internal", "internal", ""]
    assert Counter(happened) == {"due": 4, "failed": 2, "unknown": 1, "sent": 1}
    assert scene.posted() == {3: 1, 4: 1}
