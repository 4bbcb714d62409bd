"""People ask and digests are due while everything goes wrong.

USAGEBOT_CHAOS_SECONDS shortens the ten minutes.
"""

import asyncio
import base64
import json
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from aiohttp import web

from bot.digests.manage.digest_signatures import DigestSignatures
from bot.identity.entra.sign_in_outcome import RENEW_BEFORE
from bot.simulator.connector import SimulatedConnector
from bot.simulator.connector.teams_people import TENANT
from bot.simulator.entra import SimulatedEntra
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import make_world, partner_center_app
from bot.simulator.partner_center.conduct import Conduct
from bot.store import open_store
from tests.benchmarks.chaos import replica
from tests.benchmarks.chaos.town import Town
from tests.benchmarks.chaos.troubles import AWAY_SECONDS, KILL_EVERY, Unsteady, away
from tests.forked_processes import FORKS
from tests.integration.digests.stage import NUMBER
from tests.integration.teams.sign_in.conftest import free_port, spoken
from tests.migrated_databases import postgresql_template, put_sqlite
from tests.postgresql import cluster, programs

PEOPLE = 200
SECONDS = float(os.environ.get("USAGEBOT_CHAOS_SECONDS", "600"))
SETTLING = 240.0  # until what was promised has been kept: the longest wait for a retry, and a take-over
KEY = base64.b64encode(b"k" * 32).decode()
SECRET = "a simulated secret"
TOLD_AT_MOST = 3


class UnsteadyEntra(SimulatedEntra):
    """An Entra that fails when a test wants it.

    Its tokens are renewed after a minute, so it is asked all the time.
    """

    def __init__(self, unsteady: Unsteady) -> None:
        super().__init__()
        self._unsteady = unsteady

    def application(self) -> web.Application:
        app = super().application()
        app.middlewares.extend((self._unsteady.middleware, short_lived))
        return app


@web.middleware
async def short_lived(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Say that each token is valid for a minute more than the bot needs."""
    response = await handler(request)
    if not isinstance(response, web.Response) or not request.path.endswith("/token") or response.status != 200:
        return response
    answer = json.loads(response.text or "{}")
    return web.json_response(answer | {"expires_in": RENEW_BEFORE + 60, "ext_expires_in": RENEW_BEFORE + 60})


@dataclass
class Process:
    """A running replica.

    `rss` is the most memory that it had in each half of the run, in MB.
    """

    place: replica.Place
    process: BaseProcess | None = None
    connection: Connection | None = None
    rss: list[float] = field(default_factory=lambda: [0.0, 0.0])

    async def start(self) -> None:
        here, there = FORKS.Pipe()
        self.process, self.connection = FORKS.Process(target=replica.run, args=(self.place, there)), here
        await asyncio.to_thread(self.process.start)
        there.close()
        try:
            assert await asyncio.to_thread(here.recv) == "started"
        except EOFError:  # it ended, as one does that finds no database
            await asyncio.sleep(1)
            await self.kill()
            await self.start()

    async def kill(self) -> None:
        assert self.process is not None
        assert self.connection is not None
        self.process.kill()
        await asyncio.to_thread(self.process.join)
        self.connection.close()

    def measure(self, half: int) -> None:
        if self.process is None or self.process.pid is None:
            return
        status = Path(f"/proc/{self.process.pid}/statm")
        if status.exists():
            self.rss[half] = max(self.rss[half], int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6)


@dataclass
class Run:
    """Everything of one run."""

    town: Town
    unsteady: dict[str, Unsteady]
    database: str
    replicas: list[Process] = field(default_factory=list)
    kills: list[float] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    async def kills_at_random(self, chance: random.Random) -> None:
        while True:
            await asyncio.sleep(KILL_EVERY)
            victim = chance.choice(self.replicas)
            await victim.kill()
            self.kills.append(round(time.monotonic() - self.began, 1))
            await victim.start()

    async def database_goes_away(self) -> None:
        await asyncio.sleep(SECONDS * 0.45)
        async with away(self.database):
            await asyncio.sleep(AWAY_SECONDS)

    async def measures(self) -> None:
        middle = time.monotonic() + SECONDS / 2
        while True:
            for each in self.replicas:
                each.measure(int(time.monotonic() > middle))
            await asyncio.sleep(2)


@pytest.fixture(params=["postgresql, 2 processes", "sqlite, 1 process"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, int]]:
    """Yield a database and how many processes use it."""
    if request.param.startswith("sqlite"):
        put_sqlite(tmp_path / "bot.db")
        yield f"sqlite+aiosqlite:///{tmp_path}/bot.db", 1
        return
    found = programs()
    assert found is not None, "PostgreSQL is not installed"
    with cluster(found) as running, running.database(postgresql_template(running)) as url:
        yield url, 2


@asynccontextmanager
async def opened(kept: tuple[str, int], tmp_path: Path, chance: random.Random) -> AsyncIterator[Run]:
    database, processes = kept
    unsteady = {name: Unsteady(chance) for name in ("Partner Center", "Entra")}
    async with SimulatedConnector(password=SECRET) as connector, UnsteadyEntra(unsteady["Entra"]) as entra:
        # Each of the people represents a tenant of their own, which has its own limit of calls.
        conduct = Conduct(calls_a_minute=None)
        center = partner_center_app(make_world(customers=40, seed=1), verify=entra.authority.verify, conduct=conduct)
        center.middlewares.append(unsteady["Partner Center"].middleware)
        service = await listen(center)
        ports = [free_port() for _ in range(processes)]
        entra.register(connector.app_id, SECRET, f"http://127.0.0.1:{ports[0]}/auth/callback")
        settings = {
            "app_id": connector.app_id,
            "app_password": SECRET,
            "app_tenant_id": TENANT,
            "public_url": f"http://127.0.0.1:{ports[0]}",
            "token_keys": (KEY,),
            "database": database,
            "partner_center_url": service.url,
            "service_hosts": (connector.url.removeprefix("http://"),),
        }
        town = Town(connector, entra, chance, PEOPLE)
        run = Run(town, unsteady, database)
        for number, port in enumerate(ports):
            openid, log = connector.openid_configuration_url, str(tmp_path / f"replica{number}.log")
            place = replica.Place(port, settings, entra.url, connector.url, openid, log)
            run.replicas.append(Process(place))
        await asyncio.gather(*(each.start() for each in run.replicas))
        town.served_at(ports)
        try:
            yield run
        finally:
            await town.close()
            for each in run.replicas:
                await each.kill()
            await service.close()


async def lives_through_it(run: Run, chance: random.Random) -> None:
    """Let the people ask while everything goes wrong.

    What is in progress then ends.
    """
    town = run.town
    for each in town.people:
        await town.sign_in(each)
    for each in run.unsteady.values():
        each.going_wrong = True
    troubles = [asyncio.create_task(each) for each in (run.kills_at_random(chance), run.database_goes_away())]
    end = time.monotonic() + SECONDS
    await asyncio.gather(*(town.lives(each, end) for each in town.people))
    for each in troubles:
        each.cancel()
    await asyncio.gather(*troubles, return_exceptions=True)
    for each in run.unsteady.values():
        each.going_wrong = False
    for each in run.replicas:
        if each.process is None or not each.process.is_alive():
            await each.start()


async def settled(run: Run) -> None:
    """Wait until every digest is over, at most as long as a retry waits."""
    end = time.monotonic() + SETTLING
    while time.monotonic() < end:
        if all((await digests(run)).values()):
            return
        await asyncio.sleep(2)


async def unposted(run: Run, counted: Counter[int]) -> list[str]:
    """Return what the store has of each digest that is neither posted nor announced."""
    lost = {number for number, often in counted.items() if often == 0}
    async with open_store(run.database, signatures=DigestSignatures((KEY,))) as store:
        return [repr(each)[:600] for each in await store.digests.all(limit=10_000) if each.number in lost]


async def digests(run: Run) -> Counter[int]:
    """Return how often each digest in the store was posted.

    -1: it was not, and its owner was notified.
    """
    town = run.town
    unasked = [
        each
        for each in town.connector.transcript.messages
        if each.kind == "sent" and (each.reply_to or "") not in town.asked
    ]
    counted = Counter(int(found[1]) for each in unasked if (found := NUMBER.search(repr(each.activity))))
    told = {(each.conversation_id, number) for each in unasked for number in _numbers(spoken(each))}
    async with open_store(run.database, signatures=DigestSignatures((KEY,))) as store:
        for each in await store.digests.all(limit=10_000):
            if counted[each.number] == 0:
                counted[each.number] = -1 if (each.conversation_id, each.number) in told else 0
    return counted


def _numbers(text: str) -> set[int]:
    return {int(each) for each in re.findall(r"[Dd]igest (\d+)", text)}


@pytest.mark.benchmark
@pytest.mark.timeout(3_600)
async def test_everything_promised_is_kept(
    kept: tuple[str, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(1)
    async with opened(kept, tmp_path, chance) as run:
        beside = [asyncio.create_task(each) for each in (run.town.listen(), run.measures())]
        await lives_through_it(run, chance)
        await settled(run)
        for each in beside:
            each.cancel()
        counted = await digests(run)
        outcome, (repeated, text) = run.town.outcome(), run.town.most_repeated()
        seconds = sorted(each.seconds for each in run.town.asked.values() if each.seconds is not None)
        with capsys.disabled():
            sys.stdout.write(report(run, outcome, counted, seconds))
            sys.stdout.write(f"told most often: {repeated} times {text!r}\n")
            sys.stdout.write("".join(f"  {each}\n" for each in await unposted(run, counted)))
            for question, told in run.town.asked.items():
                if len(told.texts) != 1:
                    sys.stdout.write(f"  {question}: {told.history(run.began)} {list(told.texts.values())}\n")
    assert outcome["asked"] > PEOPLE
    assert (outcome["lost"], outcome["doubled"]) == (0, 0)
    assert len(counted) >= PEOPLE * 0.9
    assert set(counted.values()) <= {1, -1}
    assert repeated <= TOLD_AT_MOST


def report(run: Run, outcome: Counter[str], counted: Counter[int], seconds: list[float]) -> str:
    """Return the figures of the run."""
    each = Counter(counted.values())
    wrong = {name: dict(unsteady.done) for name, unsteady in run.unsteady.items()}
    memory = ", ".join(f"{first:.0f} then {last:.0f} MB" for first, last in (each.rss for each in run.replicas))
    middle, last = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.99)]
    return (
        f"\n{len(run.replicas)} processes, {SECONDS:.0f} s, killed after {run.kills}, {wrong}\n"
        f"questions: {dict(outcome)}; seconds to the answer: {middle:.1f} (median), {last:.1f} (99th percentile)\n"
        f"digests: {len(counted)}, posted {each[1]}, told as missed {each[-1]}, lost {each[0]}, "
        f"doubled {sum(count for often, count in each.items() if often > 1)}; memory at most {memory}\n"
    )
