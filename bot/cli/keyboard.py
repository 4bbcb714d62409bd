"""A coroutine on a thread of its own while the main thread reads the keyboard and takes the signals.

Reading a line blocks, and a thread that blocks on stdin cannot be ended; the main thread can, by Ctrl-C. So the main
thread reads, and everything else runs beside it.
"""

import asyncio
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

PATIENCE = 1.0
"""Seconds after which another Ctrl-C means it."""

LOOK = 0.5
"""Seconds between two looks for a signal that has woken nobody."""


class TerminatedError(KeyboardInterrupt):
    """SIGTERM, raised in the main thread just as Ctrl-C is."""


class Keyboard:
    """Asks the main thread for lines."""

    def __init__(self) -> None:
        self._wanted: queue.SimpleQueue[tuple[str, Callable[[str | None], None]] | None] = queue.SimpleQueue()

    async def ask(self, prompt: str) -> str | None:
        """The next line without its end; None at the end of input."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[str | None] = loop.create_future()

        def typed(line: str | None) -> None:
            loop.call_soon_threadsafe(_settle, answer, line)

        self._wanted.put((prompt, typed))
        return await answer

    def serve(self) -> None:
        """Read lines as they are asked for, on the main thread, until `close`."""
        with suppress(ImportError):
            import readline  # noqa: F401  # from here on `input` has arrow keys and a history
        while (wanted := self._next()) is not None:
            prompt, typed = wanted
            typed(_read(prompt))

    def close(self) -> None:
        """Nobody asks any more."""
        self._wanted.put(None)

    def _next(self) -> tuple[str, Callable[[str | None], None]] | None:
        # Not for ever: a signal the system has given to another thread does not wake this one, which has to act on it.
        # https://docs.python.org/3/library/signal.html#signals-and-threads
        while True:
            with suppress(queue.Empty):
                return self._wanted.get(timeout=LOOK)


def beside_keyboard(main: Callable[[Keyboard], Coroutine[Any, Any, int]]) -> int:
    """The exit code that `main` returns.

    Ctrl-C and SIGTERM cancel it and are raised again (KeyboardInterrupt, TerminatedError) once it has cleaned up.
    Another one a second later ends the process where it is.
    """
    keyboard = Keyboard()
    outcome: list[int | BaseException] = []
    started: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def work() -> None:
        try:
            outcome.append(asyncio.run(_cancellable(main(keyboard), started)))
        except BaseException as error:  # noqa: BLE001 - raised again in the main thread
            outcome.append(error)
        finally:
            keyboard.close()

    with _signals():
        thread = threading.Thread(target=work, name="usagebot")
        thread.start()
        cancel = None
        try:
            cancel = started.get()
            keyboard.serve()
        except KeyboardInterrupt:
            (cancel or started.get())()
            raise
        finally:
            thread.join()
    result = outcome[0]
    if isinstance(result, BaseException):
        raise result
    return result


@contextmanager
def _signals() -> Iterator[None]:
    """The first SIGINT or SIGTERM is raised. Others that come with it are not: `timeout` sends each of them twice."""
    first: list[float] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        if not first:
            first.append(time.monotonic())
            raise TerminatedError if number == signal.SIGTERM else KeyboardInterrupt
        if time.monotonic() - first[0] > PATIENCE:
            # Asked again: whatever is left of the children hangs on a pipe that ends with this process.
            os._exit(130)

    before = [(number, signal.signal(number, stop)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


async def _cancellable(main: Awaitable[int], started: "queue.SimpleQueue[Callable[[], None]]") -> int:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def cancel() -> None:
        if task is not None and not loop.is_closed():
            loop.call_soon_threadsafe(task.cancel)

    started.put(cancel)
    return await main


def _settle(answer: "asyncio.Future[str | None]", line: str | None) -> None:
    if not answer.done():
        answer.set_result(line)


def _read(prompt: str) -> str | None:
    """One line; bytes that are no text become replacement characters rather than an error."""
    try:
        if sys.stdin.isatty():
            return input(prompt)
        line = sys.stdin.buffer.readline()
    except (EOFError, OSError, ValueError):
        return None
    return line.decode("utf-8", "replace").rstrip("\r\n") if line else None
