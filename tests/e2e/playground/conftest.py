"""`usagebot demo` as a newcomer starts it: a process of its own, whose output is read line by line."""

import contextlib
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

START_LIMIT = 280
ADDRESS = re.compile(r"Open (http://127\.0\.0\.1:\d+) in a browser")


class Demo:
    """A running `usagebot demo`; everything it prints, and who belongs to it."""

    def __init__(self, arguments: tuple[str, ...], environ: Mapping[str, str] | None, stdin: str | None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "demo", *arguments],
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environ or {})},
            text=True,
            start_new_session=True,
        )
        self.lines: list[str] = []
        self._new: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        if stdin is not None and self.process.stdin is not None:
            self.process.stdin.write(stdin)
            self.process.stdin.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._new.put(line.rstrip("\n"))
        self._new.put(None)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def until(self, pattern: str | re.Pattern[str], limit: float = START_LIMIT) -> "re.Match[str]":
        """Read on to the line that `pattern` is found in."""
        end = time.monotonic() + limit
        while (line := self._new.get(timeout=max(0.01, end - time.monotonic()))) is not None:
            self.lines.append(line)
            if found := re.search(pattern, line):
                return found
        pytest.fail(f"the demo ended without saying {pattern!r}:\n{self.text}")

    def url(self) -> str:
        return self.until(ADDRESS)[1]

    def end(self, limit: float = 30) -> int:
        """Read the rest; the exit code."""
        code = self.process.wait(limit)
        self._reader.join(limit)
        while not self._new.empty():
            line = self._new.get()
            if line is not None:
                self.lines.append(line)
        return code

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.end()

    def clean_up(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        self._reader.join(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


def family(pid: int) -> set[int]:
    """Every living process below `pid`, itself left out."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = status.read_text("latin-1").rpartition(") ")[2].split()[:2]
            if state not in "ZX":
                parents[int(status.parent.name)] = int(parent)
    found: set[int] = set()
    level = {pid}
    while level:
        level = {child for child, parent in parents.items() if parent in level} - found
        found |= level
    return found


def alive(pids: set[int]) -> set[int]:
    """Those of `pids` that still run."""
    running = set()
    for pid in pids:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text("latin-1").rpartition(") ")[2][0] not in "ZX":
                running.add(pid)
    return running


Start = Callable[..., Demo]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts demos and ends them after the test, however it went."""
    started: list[Demo] = []

    def start(*arguments: str, environ: Mapping[str, str] | None = None, stdin: str | None = None) -> Demo:
        started.append(Demo(arguments, environ, stdin))
        return started[-1]

    yield start
    for demo in started:
        demo.clean_up()


@pytest.fixture(scope="session")
def playground_url() -> Iterator[str]:
    """The chat client of one demo for all tests that only talk to it."""
    demo = Demo(("--client-port", str(_any_port())), None, None)
    yield demo.url()
    demo.stop()
    demo.clean_up()


@pytest.fixture
def client_port() -> int:
    """A port that is free now."""
    return _any_port()


def _any_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


@pytest.fixture
def descendants() -> Callable[[int], set[int]]:
    return family


@pytest.fixture
def survivors() -> Callable[[set[int]], set[int]]:
    """Who of them is left after a moment."""

    def wait(pids: set[int]) -> set[int]:
        end = time.monotonic() + 8
        while alive(pids) and time.monotonic() < end:
            time.sleep(0.05)
        return alive(pids)

    return wait
