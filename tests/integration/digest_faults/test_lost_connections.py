"""PostgreSQL drops its connections again and again in the midst of runs: nothing is lost, and nothing posted twice."""

import asyncio
from typing import Any

import pytest

DIGESTS = 30
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_setting('my.name')"


def cut(cluster: Any, database: str) -> None:
    with cluster.connect() as connection:
        connection.execute("SELECT set_config('my.name', %s, false)", [database])
        connection.execute(CUT)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_every_digest_comes_once(scene: Any, postgresql: Any, database_url: str) -> None:
    for number in range(DIGESTS):
        await scene.digest(number % 3)
    async with scene.engine():
        for _ in range(10):
            await asyncio.sleep(0.2)
            await asyncio.to_thread(cut, postgresql, database_url.rpartition("/")[2].partition("?")[0])
        ended = [await scene.over(number) for number in range(1, DIGESTS + 1)]
    posted = scene.posted()
    assert set(posted.values()) == {1}
    # What was about to be posted when the connection went away may count as posted, and be none.
    assert {each.number for each in ended if each.state == "sent"} <= set(posted)
    assert all(each.state == "sent" or (each.state, each.problem) == ("unknown", "interrupted") for each in ended)
