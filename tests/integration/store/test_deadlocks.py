"""Transactions that wait for each other, on PostgreSQL.

SQLite lets one write at a time.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.util import await_only

from bot.store import Store, open_store
from tests.integration.digests.stage import until
from tests.integration.store.conftest import NOW, Desk

DUE = int(NOW)
BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
NUDGE = text("UPDATE digests SET misses = misses + 1 WHERE number = :number")


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    with request.getfixturevalue("emptied_databases").lent() as url:
        yield url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with open_store(database_url, lambda: NOW) as opened:
        yield opened


@pytest.fixture
async def other(database_url: str) -> AsyncIterator["psycopg.AsyncConnection[Any]"]:
    """Provide a transaction of another process.

    PostgreSQL ends it at once if it is in a deadlock.
    """
    url = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    async with await psycopg.AsyncConnection.connect(url) as connection:
        await connection.execute("SET deadlock_timeout = '10ms'")
        await connection.commit()
        yield connection
        await connection.rollback()


async def one_waits(database_url: str) -> None:
    """Wait until a transaction waits for a lock of another one."""
    url = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:

        async def blocked() -> bool:
            found = await (await connection.execute(BLOCKED)).fetchone()
            return found is not None and found[0] > 0

        await until(blocked)


async def two_waiting(desk: Desk) -> list[int]:
    """Set up two digests of Ada whose runs wait for her sign-in."""
    numbers = [(await desk.add()).number for _ in range(2)]
    await desk.claim()
    for number in numbers:
        await desk.store.ledger.advance(number, DUE, {"due"}, "waiting")
    return numbers


async def test_taking_up_locks_in_the_order_of_a_claim(desk: Desk, other: Any, database_url: str) -> None:
    first, second = await two_waiting(desk)
    # As a claim: it locks the digests, and then ends their waiting runs, the one that was due first.
    await other.execute("SELECT number FROM digests FOR UPDATE")
    await other.execute("UPDATE occurrences SET state = 'missed' WHERE number = %s", (second,))
    taking_up = asyncio.create_task(desk.store.ledger.take_up("TENANT", "ada", lambda *_: None))
    await one_waits(database_url)
    await other.execute("UPDATE occurrences SET state = 'missed' WHERE number = %s", (first,))
    await other.commit()
    assert await taking_up == []


async def test_the_victim_of_a_deadlock_is_run_again(desk: Desk, other: Any, database_url: str) -> None:
    first, second = [(await desk.add()).number for _ in range(2)]
    await other.execute("SET deadlock_timeout = '1h'")
    await other.commit()
    holds, goes_on, tries = asyncio.Event(), asyncio.Event(), Counter[str]()

    def change(connection: Any) -> int:
        tries["all"] += 1
        connection.execute(text("SET LOCAL deadlock_timeout = '10ms'"))
        done = connection.execute(NUDGE, {"number": first}).rowcount
        holds.set()
        await_only(goes_on.wait())
        return int(done + connection.execute(NUDGE, {"number": second}).rowcount)

    await other.execute("UPDATE digests SET misses = 7 WHERE number = %s", (second,))
    changing = asyncio.create_task(desk.store.digests._database.write(change))
    await holds.wait()
    waiting = asyncio.create_task(other.execute("UPDATE digests SET misses = 7 WHERE number = %s", (first,)))
    await one_waits(database_url)
    goes_on.set()  # now each waits for the other
    await waiting
    await other.commit()
    assert await changing == 2
    assert tries["all"] >= 2
    assert [(await desk.store.digests.get(number)).misses for number in (first, second)] == [8, 8]
