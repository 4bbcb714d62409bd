"""Figures that people have seen, on a real SQLite file and on PostgreSQL."""

from dataclasses import replace

from bot.store import SeenRecord, Store

ONE = SeenRecord("tenant", "ada", "scope", "2018-10-14", 1_000.0, b"sealed")


async def keep(store: Store, *records: SeenRecord, most: int = 100) -> None:
    for record in records:
        await store.seen.keep(record, most_of_person=most)


async def days(store: Store, person: str = "ada") -> list[str]:
    return [each.day for each in await store.seen.of("tenant", person, "scope")]


async def test_figures_are_read_in_the_order_of_their_days(store: Store) -> None:
    await keep(store, ONE, replace(ONE, day="2018-08-14", seen=2_000.0), replace(ONE, scope="other"))
    assert await store.seen.of("tenant", "ada", "scope") == [replace(ONE, day="2018-08-14", seen=2_000.0), ONE]


async def test_newer_figures_of_a_day_replace_the_older_ones(store: Store) -> None:
    again = replace(ONE, seen=2_000.0, value=b"again")
    await keep(store, ONE, again)
    assert await store.seen.of("tenant", "ada", "scope") == [again]


async def test_figures_of_another_person_are_not_read(store: Store) -> None:
    await keep(store, ONE, replace(ONE, tenant_id="other"))
    assert await days(store, "ben") == []
    assert len(await store.seen.of("other", "ada", "scope")) == 1


async def test_first_seen_figures_go_when_a_person_has_too_many(store: Store) -> None:
    await keep(store, replace(ONE, person_id="ben"))
    await keep(store, *(replace(ONE, day=f"2018-10-{day:02}", seen=float(day)) for day in range(1, 6)), most=3)
    assert await days(store) == ["2018-10-03", "2018-10-04", "2018-10-05"]
    assert await days(store, "ben") == ["2018-10-14"]


async def test_figures_of_one_person_are_deleted(store: Store) -> None:
    await keep(store, ONE, replace(ONE, day="2018-10-07"), replace(ONE, person_id="ben"))
    assert await store.seen.forget("tenant", "ada") == 2
    assert (await days(store), await days(store, "ben")) == ([], ["2018-10-14"])


async def test_figures_that_were_seen_long_ago_are_deleted(store: Store) -> None:
    await keep(store, ONE, replace(ONE, day="2018-10-21", seen=3_000.0))
    assert await store.seen.purge(2_000.0) == 1
    assert (await days(store), await store.seen.count()) == (["2018-10-21"], 1)
