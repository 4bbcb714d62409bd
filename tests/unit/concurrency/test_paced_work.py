"""A little work is done on the event loop, much in a thread."""

import threading
from collections.abc import Callable

from bot.concurrency.paced_work import PacedWork


def work_of(steps: int, done: list[tuple[int, bool]]) -> Callable[[int], str]:
    """Return work that takes so many steps.

    It notes how many it was given, and whether it is on the event loop.
    """

    def work(most: int) -> str:
        done.append((most, threading.current_thread() is threading.main_thread()))
        return "found" if steps <= most else ""

    return work


async def test_work_of_few_steps_is_done_on_the_event_loop() -> None:
    done: list[tuple[int, bool]] = []
    assert await PacedWork(10, 100).do(work_of(10, done), lambda found: not found) == "found"
    assert done == [(10, True)]


async def test_work_of_many_steps_is_done_again_in_a_thread() -> None:
    done: list[tuple[int, bool]] = []
    assert await PacedWork(10, 100).do(work_of(11, done), lambda found: not found) == "found"
    assert done == [(10, True), (100, False)]


async def test_work_of_too_many_steps_is_tried_once_in_a_thread() -> None:
    done: list[tuple[int, bool]] = []
    assert await PacedWork(10, 100).do(work_of(101, done), lambda found: not found) == ""
    assert done == [(10, True), (100, False)]


async def test_all_that_follows_a_long_part_is_done_in_the_thread() -> None:
    done: list[tuple[int, bool]] = []
    paced = PacedWork(10, 100)
    await paced.do(work_of(11, done), lambda found: not found)
    await paced.do(work_of(1, done), lambda found: not found)
    assert done[2:] == [(100, False)]
    assert await paced.finish(lambda: threading.current_thread() is threading.main_thread()) is False


async def test_what_follows_short_parts_is_done_on_the_event_loop() -> None:
    assert await PacedWork(10, 100).finish(lambda: threading.current_thread() is threading.main_thread()) is True
