"""Run a coroutine on a thread while the main thread reads lines.

The main thread also receives the signals. Reading a line blocks, and a thread that blocks on stdin cannot be stopped;
the main thread can, by Ctrl-C. So the main thread reads, and everything else runs on the other thread.
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
"""Seconds after which another Ctrl-C ends the process at once."""

CHECK = 0.5
"""Seconds between two checks for a signal that did not wake the main thread."""


class TerminatedError(KeyboardInterrupt):
    """SIGTERM, raised in the main thread like Ctrl-C."""


class Keyboard:
    """Requests lines from the main thread."""

    def __init__(self) -> None:
        self._wanted: queue.SimpleQueue[tuple[str, Callable[[str | None], None]] | None] = queue.SimpleQueue()

    async def ask(self, prompt: str) -> str | None:
        """Return the next line without its end; None at the end of input."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[str | None] = loop.create_future()

        def typed(line: str | None) -> None:
            loop.call_soon_threadsafe(_settle, answer, line)

        self._wanted.put((prompt, typed))
        return await answer

    def serve(self) -> None:
        """Read lines on the main thread as they are requested, until `close` is called."""
        with suppress(ImportError):
            import readline  # noqa: F401  # gives `input` arrow keys and a history
        while (wanted := self._next()) is not None:
            prompt, typed = wanted
            typed(_read(prompt))

    def close(self) -> None:
        """Return from `serve`: no more lines are requested."""
        self._wanted.put(None)

    def _next(self) -> tuple[str, Callable[[str | None], None]] | None:
        # With a timeout: this thread has to handle a signal, but one that reaches another thread does not wake it.
        # https://docs.python.org/3/library/signal.html#signals-and-threads
        while True:
            with suppress(queue.Empty):
                return self._wanted.get(timeout=CHECK)


def beside_keyboard(main: Callable[[Keyboard], Coroutine[Any, Any, int]]) -> int:
    """Run `main` beside the keyboard and return its exit code.

    Ctrl-C and SIGTERM cancel it and are raised again (KeyboardInterrupt, TerminatedError) once it has cleaned up.
    Another one more than PATIENCE seconds later ends the process at once.
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
    """Raise the first SIGINT or SIGTERM.

    Others that arrive at the same time are ignored: `timeout` sends each of them twice.
    """
    first: list[float] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        if not first:
            first.append(time.monotonic())
            raise TerminatedError if number == signal.SIGTERM else KeyboardInterrupt
        if time.monotonic() - first[0] > PATIENCE:
            # The user insists. Children that still run end too: their stdin is a pipe that closes with this process.
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
    """Read one line; bytes that are not text become replacement characters rather than an error."""
    try:
        if sys.stdin.isatty():
            return input(prompt)
        line = sys.stdin.buffer.readline()
    except (EOFError, OSError, ValueError):
        return None
    return line.decode("utf-8", "replace").rstrip("\r\n") if line else None
