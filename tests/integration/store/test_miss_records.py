"""Sentences that were not understood, on a real SQLite file and on PostgreSQL."""

import asyncio
from dataclasses import replace

from bot.store import MissRecord, Store

ONE = MissRecord("tenant", "ada", 1_000.0, "not_understood", "en", b"sealed")


async def add(store: Store, *records: MissRecord, most: int = 100, most_of_person: int = 100) -> None:
    for record in records:
        await store.misses.add(record, most=most, most_of_person=most_of_person)


def numbered(count: int, person: str = "ada") -> list[MissRecord]:
    return [replace(ONE, person_id=person, at=float(at), text=b"%d" % at) for at in range(count)]


async def texts(store: Store, earliest: float = 0.0) -> list[bytes]:
    return [record.text for record in await store.misses.since(earliest)]


async def test_sentences_are_read_newest_first(store: Store) -> None:
    await add(store, ONE, replace(ONE, at=3_000.0, text=b"last"), replace(ONE, at=2_000.0, text=b"middle"))
    assert await store.misses.since(0.0) == [
        replace(ONE, at=3_000.0, text=b"last"),
        replace(ONE, at=2_000.0, text=b"middle"),
        ONE,
    ]
    assert await texts(store, 2_000.0) == [b"last", b"middle"]


async def test_oldest_sentences_go_when_there_are_too_many(store: Store) -> None:
    await add(store, *numbered(3, "ben"), *numbered(5), most=6)
    assert await store.misses.count() == 6
    assert await texts(store) == [b"4", b"3", b"2", b"2", b"1", b"1"]


async def test_one_person_does_not_push_out_what_others_typed(store: Store) -> None:
    await add(store, *numbered(2, "ben"), *numbered(9), most=6, most_of_person=3)
    found = await store.misses.since(0.0)
    assert [record.text for record in found if record.person_id == "ada"] == [b"8", b"7", b"6"]
    assert len([record for record in found if record.person_id == "ben"]) == 2


async def test_sentences_of_one_person_are_deleted(store: Store) -> None:
    await add(store, ONE, replace(ONE, person_id="ben"), replace(ONE, tenant_id="other"), ONE)
    assert await store.misses.forget("tenant", "ada") == 2
    assert [(each.tenant_id, each.person_id) for each in await store.misses.since(0.0)] == [
        ("other", "ada"),
        ("tenant", "ben"),
    ]


async def test_sentences_that_are_too_old_are_deleted(store: Store) -> None:
    await add(store, *numbered(4))
    assert await store.misses.purge(2.0) == 2
    assert await texts(store) == [b"3", b"2"]


async def test_limit_holds_when_several_write_at_once(store: Store) -> None:
    await asyncio.gather(*(add(store, each, most=5) for each in numbered(20)))
    await add(store, replace(ONE, text=b"one more"), most=5)
    assert await store.misses.count() == 5
