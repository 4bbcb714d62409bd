"""A loop continues after any error, can be woken, and ends when it is stopped.

No test waits for time to pass.
"""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from structlog.testing import capture_logs

from bot.concurrency.periodic import Periodic, wait_for_event
from bot.errors import StoreError

AGES = 1e9


class Scene:
    """The work, the error it raises next, and a clock that the test advances."""

    def __init__(self) -> None:
        self.runs: asyncio.Queue[int] = asyncio.Queue()
        self.waits: asyncio.Queue[float] = asyncio.Queue()
        self.errors: list[Exception] = []
        self.during: Callable[[], None] = lambda: None
        self.done = 0
        self._passed = asyncio.Event()

    async def work(self) -> int:
        self.done += 1
        self.runs.put_nowait(self.done)
        self.during()
        if self.errors:
            raise self.errors.pop(0)
        return 77  # not a wait

    async def wait(self, woken: asyncio.Event, seconds: float) -> None:
        self.waits.put_nowait(seconds)
        self._passed.clear()
        either = [asyncio.create_task(each.wait()) for each in (woken, self._passed)]
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in either:
                each.cancel()

    def pass_time(self) -> None:
        self._passed.set()


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
async def loop(scene: Scene) -> AsyncIterator[Periodic]:
    periodic = Periodic("test", scene.work, 5.0, failed="work_failed", wait=scene.wait)
    yield periodic
    await periodic.stop()


async def test_work_is_done_at_once_and_again_when_its_time_has_passed(scene: Scene, loop: Periodic) -> None:
    loop.start()
    assert await scene.runs.get() == 1
    assert await scene.waits.get() == 5.0
    assert scene.runs.empty()
    scene.pass_time()
    assert await scene.runs.get() == 2
    assert await scene.waits.get() == 5.0


async def test_work_is_done_sooner_when_woken(scene: Scene, loop: Periodic) -> None:
    loop.start()
    await scene.waits.get()
    loop.wake()
    await scene.waits.get()
    assert scene.done == 2


async def test_work_is_done_once_more_when_woken_while_it_runs(scene: Scene, loop: Periodic) -> None:
    wakes = [loop.wake]
    scene.during = lambda: wakes.pop()() if wakes else None
    loop.start()
    await scene.waits.get()
    await scene.waits.get()
    assert scene.done == 2
    assert scene.waits.empty()


@pytest.mark.parametrize(
    ("error", "problem"),
    [(StoreError("the disk is full"), "the disk is full"), (ValueError("Contoso"), "ValueError")],
)
async def test_the_loop_continues_when_work_fails(scene: Scene, loop: Periodic, error: Exception, problem: str) -> None:
    scene.errors = [error]
    with capture_logs() as logs:
        loop.start()
        assert await scene.waits.get() == 5.0
    assert logs == [{"event": "work_failed", "log_level": "error", "problem": problem}]
    scene.pass_time()
    assert await scene.waits.get() == 5.0
    assert scene.done == 2


async def test_the_wait_is_asked_for_each_time_when_it_is_a_function(scene: Scene) -> None:
    waits = [3.0, 1.0]
    loop = Periodic("test", scene.work, waits.pop, failed="work_failed", wait=scene.wait)
    loop.start()
    assert await scene.waits.get() == 1.0
    scene.pass_time()
    assert await scene.waits.get() == 3.0
    await loop.stop()


async def test_work_is_not_done_before_the_first_wait_is_over(scene: Scene) -> None:
    loop = Periodic("test", scene.work, 5.0, failed="work_failed", first_wait=60.0, wait=scene.wait)
    loop.start()
    assert await scene.waits.get() == 60.0
    assert scene.done == 0
    scene.pass_time()
    assert await scene.waits.get() == 5.0
    assert scene.done == 1
    await loop.stop()


async def test_starting_again_changes_nothing_when_the_loop_runs(scene: Scene, loop: Periodic) -> None:
    loop.start()
    loop.start()
    await scene.waits.get()
    assert scene.done == 1
    assert [task.get_name() for task in asyncio.all_tasks()].count("test") == 1


async def test_stopping_ends_work_that_runs_and_waits_for_its_end() -> None:
    began, ended, never = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        began.set()
        try:
            await never.wait()
        finally:
            ended.set()

    loop = Periodic("test", work, 5.0, failed="work_failed")
    loop.start()
    await began.wait()
    with capture_logs() as logs:
        await loop.stop()
    assert ended.is_set()
    assert not logs
    await loop.stop()


async def test_a_stopped_loop_can_be_started_again(scene: Scene, loop: Periodic) -> None:
    loop.start()
    await scene.waits.get()
    await loop.stop()
    loop.start()
    await scene.waits.get()
    assert scene.done == 2


async def test_waiting_ends_at_the_event_or_when_the_time_is_over() -> None:
    event = asyncio.Event()
    await wait_for_event(event, 0.0)
    waiting = asyncio.create_task(wait_for_event(event, AGES))
    event.set()
    await waiting
    await wait_for_event(event, AGES)
