"""Run a coroutine on a thread while the main thread reads lines.

The main thread also receives the signals. Reading a line blocks, and a thread that blocks on stdin cannot be stopped;
the main thread can, by Ctrl-C. So the main thread reads, and everything else runs on the other thread.

A signal interrupts the main thread only while it blocks. One that arrives a moment before it blocks, or that the system
hands to another thread, sets a flag in Python that the main thread does not look at until its line is complete. So a
third thread learns of every signal, and repeats it until the main thread has handled it.
https://docs.python.org/3/library/signal.html#signal.set_wakeup_fd
"""

import asyncio
import os
import queue
import signal
import socket
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

PATIENCE = 1.0
"""Seconds after which another Ctrl-C ends the process at once."""

AGAIN = 0.2
"""Seconds after which a signal that the main thread has not handled is sent to it again."""


class TerminatedError(KeyboardInterrupt):
    """SIGTERM, raised in the main thread like Ctrl-C."""


class Keyboard:
    """Requests lines from the main thread."""

    def __init__(self) -> None:
        self._interruption: Callable[[], None] | None = None
        self._interrupted = 0.0
        self._wanted: queue.SimpleQueue[tuple[str, Callable[[str | None], None]] | None] = queue.SimpleQueue()

    async def ask(self, prompt: str) -> str | None:
        """Return the next line without its end; None at the end of input."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[str | None] = loop.create_future()

        def typed(line: str | None) -> None:
            loop.call_soon_threadsafe(_settle, answer, line)

        self._wanted.put((prompt, typed))
        return await answer

    @contextmanager
    def interruptible(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Let Ctrl-C call `interrupt` on the event loop, instead of ending the program.

        Another one more than PATIENCE seconds later ends the program nevertheless.
        """
        loop = asyncio.get_running_loop()

        def interruption() -> None:
            loop.call_soon_threadsafe(interrupt)

        self._interruption = interruption
        try:
            yield
        finally:
            self._interruption = None

    def interrupt(self) -> bool:
        """Handle a Ctrl-C on the main thread. Return False if it is to end the program."""
        now = time.monotonic()
        if now - self._interrupted <= PATIENCE:
            return True  # the same one, which the system has reported twice
        if (interruption := self._interruption) is None:
            return False
        self._interruption, self._interrupted = None, now
        interruption()
        return True

    def serve(self) -> None:
        """Read lines on the main thread as they are requested, until `close` is called."""
        while (wanted := self._wanted.get()) is not None:
            prompt, typed = wanted
            typed(_read(prompt))

    def close(self) -> None:
        """Return from `serve`: no more lines are requested."""
        self._wanted.put(None)


def beside_keyboard(main: Callable[[Keyboard], Coroutine[Any, Any, int]]) -> int:
    """Run `main` beside the keyboard and return its exit code.

    Ctrl-C and SIGTERM cancel it and are raised again (KeyboardInterrupt, TerminatedError) once it has cleaned up.
    Another one more than PATIENCE seconds later ends the process at once.
    """
    keyboard = Keyboard()
    outcome: list[int | BaseException] = []
    running = _Running()

    def work() -> None:
        try:
            outcome.append(asyncio.run(running.run(main(keyboard))))
        except BaseException as error:  # noqa: BLE001 - raised again in the main thread
            outcome.append(error)
        finally:
            keyboard.close()

    with _signals(keyboard.interrupt) as signals:
        _load_line_editor()  # not later: an import can swallow the exception of a signal
        thread = threading.Thread(target=work, name="usagebot")
        # Signals are not raised yet: one that was raised while the thread starts would leave it running, and this
        # process would wait for it forever.
        thread.start()
        try:
            signals.arm()
            keyboard.serve()
        except KeyboardInterrupt:
            running.cancel()
            raise
        finally:
            thread.join()
    result = outcome[0]
    if isinstance(result, BaseException):
        raise result
    return result


class _Running:
    """The coroutine on its thread, as the main thread cancels it."""

    def __init__(self) -> None:
        self._started = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[Any] | None = None

    async def run(self, main: Awaitable[int]) -> int:
        """Return what `main` returns; it can be cancelled from now on."""
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        self._started.set()
        return await main

    def cancel(self) -> None:
        """Cancel the coroutine as soon as it runs; nothing if it has ended."""
        self._started.wait()
        if self._loop is not None and self._task is not None:
            with suppress(RuntimeError):  # its loop is closed
                self._loop.call_soon_threadsafe(self._task.cancel)


class _Signals:
    """Raises the first SIGINT or SIGTERM in the main thread, from `arm` to `disarm`.

    A SIGINT that `interrupt` takes, returning True, is not raised.
    Others that arrive at the same time are ignored: `timeout` sends each of them twice.
    """

    def __init__(self, interrupt: Callable[[], bool]) -> None:
        self._interrupt = interrupt
        self._armed = False
        self._first: tuple[float, type[KeyboardInterrupt]] | None = None
        self._handled = threading.Event()

    def arm(self) -> None:
        """Raise the signal that has arrived already, and from now on those that arrive."""
        self._armed = True
        if self._first is not None:
            raise self._first[1]

    def disarm(self) -> None:
        """Raise nothing any more."""
        self._armed = False

    def stop(self, number: int, _frame: FrameType | None) -> None:
        """Handle a signal."""
        self._handled.set()
        if self._first is None and self._armed and number == signal.SIGINT and self._interrupt():
            return
        if self._first is None:
            self._first = time.monotonic(), TerminatedError if number == signal.SIGTERM else KeyboardInterrupt
            if self._armed:
                raise self._first[1]
        elif time.monotonic() - self._first[0] > PATIENCE:
            # The user insists. Children that still run end too: their stdin is a pipe that closes with this process.
            os._exit(130)

    def repeat(self, arrived: socket.socket, main_thread: int) -> None:
        """Send the first signal to the main thread again until it is handled.

        `arrived` receives the number of each signal as one byte, and ends when there will be no more.
        """
        while number := arrived.recv(1):
            while not self._handled.wait(AGAIN):
                signal.pthread_kill(main_thread, number[0])
            if self._first is None:  # it has ended an answer, and there may be others
                self._handled.clear()


@contextmanager
def _signals(interrupt: Callable[[], bool]) -> Iterator[_Signals]:
    signals = _Signals(interrupt)
    arrived, arriving = socket.socketpair()
    arriving.setblocking(False)  # the system's signal handler writes to it
    repeating = threading.Thread(
        target=signals.repeat, args=(arrived, threading.get_ident()), name="usagebot-signals", daemon=True
    )
    repeating.start()
    wakeup = signal.set_wakeup_fd(arriving.fileno(), warn_on_full_buffer=False)
    before = [(number, signal.signal(number, signals.stop)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield signals
    finally:
        signals.disarm()
        signal.set_wakeup_fd(wakeup)
        arriving.close()
        repeating.join()  # before the handlers change: a signal that it repeats is for this one
        arrived.close()
        for number, handler in before:
            signal.signal(number, handler)


def _load_line_editor() -> None:
    """Give `input` arrow keys and a history."""
    with suppress(ImportError):
        import readline  # noqa: F401


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
