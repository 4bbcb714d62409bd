"""Which replicas are alive, and which one takes over from a dead one."""

import asyncio
from typing import Any

WITHIN = 30.0


async def test_replica_is_alive_when_it_sends_heartbeats(store: Any) -> None:
    replicas = store.replicas
    assert not await replicas.beat("a", 100.0)  # the first heartbeat
    assert await replicas.beat("a", 110.0)
    await replicas.beat("b", 130.0)
    assert await replicas.living(140.0, WITHIN) == ["a", "b"]
    assert await replicas.living(141.0, WITHIN) == ["b"]
    assert await replicas.dead(141.0, WITHIN) == ["a"]
    await replicas.leave("a")
    assert await replicas.dead(141.0, WITHIN) == []


async def test_one_of_many_replicas_takes_over_the_dead_one(store: Any) -> None:
    replicas = store.replicas
    survivors = [f"s{n}" for n in range(6)]
    await replicas.beat("dead", 0.0)
    for each in survivors:
        await replicas.beat(each, 100.0)
    won = await asyncio.gather(*(replicas.adopt("dead", each, 100.0, WITHIN) for each in survivors))
    assert sum(won) == 1
    by = survivors[won.index(True)]
    assert await replicas.dead(100.0, WITHIN) == []
    assert await replicas.adopt("dead", by, 101.0, WITHIN)  # as after an interruption
    assert not await replicas.adopted("dead", "another")
    assert await replicas.adopted("dead", by)
    assert not await replicas.adopt("dead", by, 101.0, WITHIN)


async def test_another_replica_takes_over_when_the_first_one_dies(store: Any) -> None:
    replicas = store.replicas
    await replicas.beat("first", 0.0)
    await replicas.beat("second", 50.0)
    await replicas.beat("third", 100.0)
    assert await replicas.adopt("first", "second", 50.0, WITHIN)
    assert not await replicas.adopt("first", "third", 60.0, WITHIN)
    assert await replicas.dead(100.0, WITHIN) == ["first", "second"]
    assert await replicas.adopt("first", "third", 100.0, WITHIN)


async def test_replica_is_not_taken_over_when_it_is_alive(store: Any) -> None:
    await store.replicas.beat("a", 100.0)
    assert not await store.replicas.adopt("a", "b", 100.0, WITHIN)
    assert not await store.replicas.adopt("nobody", "b", 100.0, WITHIN)


async def test_heartbeat_returns_false_when_the_replica_was_taken_over(store: Any) -> None:
    replicas = store.replicas
    await replicas.beat("a", 0.0)
    await replicas.beat("b", 100.0)
    await replicas.beat("b", 100.0)
    assert await replicas.adopt("a", "b", 100.0, WITHIN)
    assert not await replicas.beat("a", 101.0)
    assert await replicas.beat("a", 102.0)
    assert not await replicas.adopted("a", "b")
    assert await replicas.adopt("a", "b", 200.0, WITHIN)
    assert await replicas.adopted("a", "b")
    assert not await replicas.beat("a", 201.0)


async def test_processes_of_one_name_can_start_at_once(store: Any) -> None:
    firsts = await asyncio.gather(*(store.replicas.beat("same", 1.0) for _ in range(6)))
    assert firsts.count(False) == 1
