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
from collections.abc import Awaitable, Callable, Coroutine
from types import FrameType
from typing import Any


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
        while (wanted := self._wanted.get()) is not None:
            prompt, typed = wanted
            typed(_read(prompt))

    def close(self) -> None:
        """Nobody asks any more."""
        self._wanted.put(None)


def beside_keyboard(main: Callable[[Keyboard], Coroutine[Any, Any, int]]) -> int:
    """The exit code that `main` returns.

    Ctrl-C and SIGTERM cancel it and are raised again (KeyboardInterrupt, TerminatedError) once it has cleaned up.
    A second one ends the process where it is.
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

    before = signal.signal(signal.SIGTERM, _terminated)
    thread = threading.Thread(target=work, name="usagebot")
    thread.start()
    cancel = started.get()
    try:
        keyboard.serve()
    except KeyboardInterrupt:
        cancel()
        _wait(thread)
        raise
    finally:
        signal.signal(signal.SIGTERM, before)
    thread.join()
    result = outcome[0]
    if isinstance(result, BaseException):
        raise result
    return result


async def _cancellable(main: Awaitable[int], started: "queue.SimpleQueue[Callable[[], None]]") -> int:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def cancel() -> None:
        if task is not None and not loop.is_closed():
            loop.call_soon_threadsafe(task.cancel)

    started.put(cancel)
    return await main


def _wait(thread: threading.Thread) -> None:
    try:
        thread.join()
    except KeyboardInterrupt:
        # Asked twice: whatever is left of the children hangs on a pipe that ends with this process.
        os._exit(130)


def _terminated(_number: int, _frame: FrameType | None) -> None:
    raise TerminatedError


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
