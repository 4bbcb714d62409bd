"""Several processes claim from one database, and one of them is killed."""

import asyncio
import subprocess
import sys
from typing import Any

import pytest
from sqlalchemy import text

from bot.store import open_store

NOW = 1_800_000_000.0
COUNT = 150

CLAIM = """
import asyncio, sys, time
from sqlalchemy import text
from bot.store import open_store

INSERT = text("INSERT INTO queue VALUES (:number, :due)")

def enqueue(connection, claim):
    connection.execute(INSERT, dict(number=claim.digest.number, due=claim.due))
    time.sleep(0.003)

async def main():
    async with open_store(sys.argv[1]) as store:
        print("ready", flush=True)
        sys.stdin.readline()
        while runs := (await store.digests.claim(1_800_000_000.0, 3, lambda _, after: after + 86_400, enqueue)).runs:
            print(len(runs), flush=True)

asyncio.run(main())
"""


@pytest.fixture
async def queue(database_url: str, desk: Any) -> Any:
    async with desk.store.digests._database.writing() as connection:
        # No primary key, so that an occurrence that is queued twice is noticed.
        await connection.execute(text("CREATE TABLE queue (number INTEGER, due BIGINT)"))
    for _ in range(COUNT):
        await desk.add()

    async def read() -> list[tuple[int, int]]:
        async with open_store(database_url) as store, store.digests._database.reading() as connection:
            return [(row.number, row.due) for row in await connection.execute(text("SELECT number, due FROM queue"))]

    return read


async def test_each_occurrence_is_claimed_once_when_a_process_is_killed(
    database_url: str, desk: Any, queue: Any
) -> None:
    processes = await asyncio.to_thread(lambda: [Claimer(database_url) for _ in range(3)])
    try:
        await asyncio.to_thread(kill_the_first_while_all_claim, processes)
    finally:
        for process in processes:
            process.end()
    assert [process.ended for process in processes] == [-9, 0, 0]
    queued = await queue()
    assert (len(queued), set(queued)) == (COUNT, {(number, int(NOW)) for number in range(1, COUNT + 1)})
    assert await desk.store.ledger.counts() == {"due": COUNT}
    assert {each.next_due for each in await desk.store.digests.all(limit=1000)} == {NOW + 86_400}


class Claimer:
    """A process that claims all due digests, once it receives "go"."""

    def __init__(self, url: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", CLAIM, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def read_line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")

    def kill(self) -> None:
        self._process.kill()

    def wait(self) -> None:
        self._process.communicate()

    def end(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self.wait()

    @property
    def ended(self) -> int | None:
        return self._process.returncode


def kill_the_first_while_all_claim(processes: list[Claimer]) -> None:
    assert [process.read_line() for process in processes] == ["ready"] * 3
    first, *others = processes
    first.go()
    assert [first.read_line() for _ in range(5)] == ["3"] * 5
    for process in others:
        process.go()
    first.kill()
    for process in processes:
        process.wait()
