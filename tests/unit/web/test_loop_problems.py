"""Tests of what is logged when the event loop cannot do something."""

import asyncio
import errno
from typing import Any

import pytest
import structlog

from bot.web.loop_problems import LoopProblems

NO_DESCRIPTOR = {
    "message": "socket.accept() out of system resource",
    "exception": OSError(errno.EMFILE, "Too many open files"),
}


@pytest.fixture
def loop() -> Any:
    made = asyncio.new_event_loop()
    yield made
    made.close()


def test_failing_accept_is_logged_once_a_minute_with_its_count(loop: asyncio.AbstractEventLoop) -> None:
    now = 1000.0
    problems = LoopProblems(lambda: now)
    with structlog.testing.capture_logs() as logged:
        for second in range(121):
            now = 1000.0 + second
            problems(loop, NO_DESCRIPTOR)
    assert [(each["event"], each["times"]) for each in logged] == [
        ("accept_failed", 1),
        ("accept_failed", 60),
        ("accept_failed", 60),
    ]


def test_every_other_problem_is_logged_with_its_exception(loop: asyncio.AbstractEventLoop) -> None:
    problem = ValueError("wrong")
    with structlog.testing.capture_logs() as logged:
        LoopProblems(lambda: 0.0)(loop, {"message": "Task exception was never retrieved", "exception": problem})
        LoopProblems(lambda: 0.0)(loop, {"message": "Unclosed connection"})
    assert [(each["event"], each["problem"], each["exc_info"]) for each in logged] == [
        ("loop_problem", "Task exception was never retrieved", problem),
        ("loop_problem", "Unclosed connection", None),
    ]
