"""PostgreSQL drops its connections repeatedly during runs.

Nothing is lost, and nothing is posted twice.
"""

import asyncio
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from bot.store.digests.occurrence import FINAL
from tests.integration.digests.stage import until

DIGESTS = 30
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"


def cut(cluster: Any, url: str) -> int:
    """Drop the connections and return how many there were."""
    with cluster.connect() as connection:
        return len(connection.execute(CUT, [make_url(url).database]).fetchall())


async def _some_ended(scene: Any, least: int) -> bool:
    counts = await scene.store.ledger.counts()
    return sum(counts.get(state, 0) for state in FINAL) >= least


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_every_digest_is_posted_once_when_connections_are_dropped(
    scene: Any, postgresql: Any, database_url: str
) -> None:
    for number in range(DIGESTS):
        await scene.digest(number % 3)
    lost = 0
    async with scene.engine():
        for ended in range(0, DIGESTS, 3):  # repeatedly during the runs
            await until(lambda least=ended: _some_ended(scene, least))
            lost += await asyncio.to_thread(cut, postgresql, database_url)
        ended = [await scene.over(number) for number in range(1, DIGESTS + 1)]
    assert lost > 10
    posted = scene.posted()
    assert set(posted.values()) == {1}
    # A message that was about to be posted when the connection was dropped may be unknown without having been posted.
    assert {each.number for each in ended if each.state == "sent"} <= set(posted)
    assert all(each.state == "sent" or (each.state, each.problem) == ("unknown", "interrupted") for each in ended)
