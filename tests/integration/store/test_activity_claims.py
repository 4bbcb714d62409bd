"""One process gets an activity, and another one gets it if the first has died."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.errors import StoreError
from bot.store import Store
from bot.store.activity_claims import ACKNOWLEDGED, BEAT, KEPT, LIVING, SENT_AGAIN, ActivityClaims, ClaimOutcome
from bot.store.database.tables import RECORDS

OWN, ANSWERED, UNDER_WAY = ClaimOutcome.OWN, ClaimOutcome.ANSWERED, ClaimOutcome.UNDER_WAY
TAKEN_OVER = ClaimOutcome.TAKEN_OVER


@pytest.fixture
def other(store: Store, clock: Any) -> ActivityClaims:
    """Return the claims of another process."""
    return ActivityClaims(store.claims._database, clock)


async def rows(store: Store) -> int:
    async with store.claims._database.reading() as connection:
        return int((await connection.execute(select(func.count()).select_from(RECORDS))).scalar_one())


async def test_one_of_two_processes_gets_each_activity(store: Store, other: ActivityClaims) -> None:
    await store.claims.beat()
    await other.beat()
    for number in range(20):
        key = f"19:chat\n{number}\nmessage"
        outcomes = await asyncio.gather(store.claims.claim(key), other.claim(key))
        assert sorted(each.name for each in outcomes) == ["OWN", "UNDER_WAY"]


async def test_a_process_gets_its_own_activity_once(store: Store) -> None:
    assert [await store.claims.claim("a") for _ in range(3)] == [OWN, ANSWERED, ANSWERED]


async def test_what_a_living_process_claimed_long_ago_is_answered(
    store: Store, other: ActivityClaims, clock: Any
) -> None:
    await store.claims.claim("a")
    clock.now += ACKNOWLEDGED
    await store.claims.beat()
    assert await other.claim("a") is UNDER_WAY
    clock.now += 1
    assert await other.claim("a") is ANSWERED


async def test_what_a_dead_process_claimed_last_goes_to_one_other(
    store: Store, other: ActivityClaims, clock: Any
) -> None:
    third = ActivityClaims(store.claims._database, clock)
    await store.claims.beat()
    await store.claims.claim("a")
    clock.now += LIVING - 1
    assert await other.claim("a") is UNDER_WAY
    clock.now += 1
    await other.beat()
    await third.beat()
    outcomes = await asyncio.gather(other.claim("a"), third.claim("a"))
    assert sorted(each.name for each in outcomes) == ["TAKEN_OVER", "UNDER_WAY"]


async def test_what_a_dead_process_claimed_long_ago_stays_answered(
    store: Store, other: ActivityClaims, clock: Any
) -> None:
    await store.claims.claim("a")
    clock.now += SENT_AGAIN + 1
    assert await other.claim("a") is ANSWERED


async def test_what_a_dead_process_left_is_claimed_after_an_outage(
    store: Store, other: ActivityClaims, clock: Any
) -> None:
    """The database was away meanwhile: no other process could take it over."""
    await store.claims.beat()
    await store.claims.claim("a")
    clock.now += SENT_AGAIN
    assert await other.claim("a") is TAKEN_OVER


async def test_what_a_process_claimed_that_stopped_stays_answered(
    store: Store, other: ActivityClaims, clock: Any
) -> None:
    await store.claims.beat()
    await store.claims.claim("a")
    await store.claims.end()
    clock.now += LIVING + 1
    assert await other.claim("a") is ANSWERED


async def test_what_is_released_may_be_claimed_by_any_process(store: Store, other: ActivityClaims) -> None:
    await store.claims.beat()
    await store.claims.claim("a")
    await other.release("a")
    assert await other.claim("a") is UNDER_WAY
    await store.claims.release("a")
    assert await other.claim("a") is OWN


async def test_claims_and_signs_of_life_are_deleted_when_they_expire(store: Store, clock: Any) -> None:
    await store.records.put("token", "someone", b"x")
    await store.claims.beat()
    await store.claims.claim("a")
    assert await store.claims.purge() == 0
    clock.now += KEPT
    assert await store.claims.claim("b") is OWN
    assert await store.claims.purge() == 2
    assert await rows(store) == 2
    assert await store.claims.claim("a") is OWN


async def test_no_text_of_an_activity_is_stored(store: Store) -> None:
    await store.claims.claim("19:chat\n1\nmessageUpdate\n2026\nusage for Contoso")
    async with store.claims._database.reading() as connection:
        (row,) = (await connection.execute(select(RECORDS))).all()
    assert "Contoso" not in str(row)
    assert len(row.key) == 64


async def test_process_is_not_taken_for_dead_because_the_database_was_away(
    store: Store, other: ActivityClaims, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any, **__: Any) -> None:
        raise StoreError("the database is away")

    await store.claims.beat()
    await other.beat()
    await store.claims.claim("a")
    with monkeypatch.context() as patch:
        patch.setattr(other._database, "write", away)
        for _ in range(4):
            clock.now += BEAT
            with pytest.raises(StoreError):
                await other.beat()
    assert await other.claim("a") is UNDER_WAY
    await other.beat()
    clock.now += LIVING - 1
    assert await other.claim("a") is UNDER_WAY
    await other.beat()
    clock.now += 1
    assert await other.claim("a") is TAKEN_OVER  # it has given no sign of life since


async def test_process_that_gave_no_sign_of_life_itself_takes_nothing_over(
    store: Store, other: ActivityClaims, clock: Any
) -> None:
    """The database hung, so that no sign failed, but none was written either."""
    await store.claims.beat()
    await other.beat()
    await store.claims.claim("a")
    clock.now += LIVING + 1
    assert await other.claim("a") is UNDER_WAY
    await other.beat()
    assert await other.claim("a") is UNDER_WAY
    await store.claims.beat()
    clock.now += LIVING - 1
    assert await other.claim("a") is UNDER_WAY


async def test_claim_that_is_made_late_counts_from_when_the_activity_came(
    store: Store, other: ActivityClaims, clock: Any
) -> None:
    came = clock.now
    clock.now += 20
    await store.claims.beat()
    assert await store.claims.claim("a", came) is OWN
    assert await other.is_taken("a", came - 1)
    assert not await other.is_taken("a", came + 2)  # it was promised then, by the same process
    clock.now += 11
    assert await other.claim("a") is ANSWERED
