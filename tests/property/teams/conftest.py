"""An event loop with virtual time, which passes as soon as no task has work."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any

import pytest


class _JumpingSelector(selectors.SelectSelector):
    """Moves the clock instead of waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1_000.0

    def select(self, timeout: float | None = None) -> Any:
        found = super().select(0)
        if not found and timeout:
            self.now += timeout
        return found


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps from timer to timer."""

    def __init__(self) -> None:
        self._leaping = _JumpingSelector()
        super().__init__(self._leaping)

    def time(self) -> float:
        return self._leaping.now


@pytest.fixture(scope="session")
def in_virtual_time() -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Return a function that runs a coroutine; its sleeps take no real time."""

    def run(work: Coroutine[Any, Any, Any]) -> Any:
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            return runner.run(work)

    return run
