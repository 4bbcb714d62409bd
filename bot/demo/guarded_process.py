"""A child process in its own folder that ends with this process.

It runs under `child_process_guard.py`, whatever ends this process. Its output is read line by line, so that a full pipe
never blocks it.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from asyncio.subprocess import PIPE, STDOUT, Process
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path

STOP_LIMIT = 6.0
"""Seconds that the process group has to end by itself before it is killed."""
KEPT_LINES = 40
GUARD = Path(__file__).parent / "child_process_guard.py"


class GuardedProcess:
    """A running child process.

    `lines` are the last lines that it printed, on either stream.
    """

    def __init__(self, process: Process, folder: Path, printed: Callable[[str], None] | None) -> None:
        self.folder = folder
        self.lines: deque[str] = deque(maxlen=KEPT_LINES)
        self._process = process
        self._printed = printed
        self._reader = asyncio.create_task(self._read())

    @property
    def exit_code(self) -> int | None:
        """Return the exit code; None while the process runs."""
        return self._process.returncode

    async def wait(self) -> None:
        """Return when the process has ended and all that it printed has been read."""
        await self._process.wait()
        await self._reader

    async def stop(self) -> None:
        """Stop the process and everything it started, and return when it is gone.

        May be called more than once.
        """
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            async with asyncio.timeout(STOP_LIMIT):
                await self._process.wait()
        except TimeoutError:
            _kill_group(self._process.pid)
            await self._process.wait()
        _kill_group(self._process.pid)
        await self._reader
        shutil.rmtree(self.folder, ignore_errors=True)

    async def _read(self) -> None:
        stream = self._process.stdout
        rest = ""
        while stream is not None and (chunk := await stream.read(4096)):
            *lines, rest = (rest + chunk.decode("utf-8", "replace")).split("\n")
            for line in lines:
                self._keep(line)
        if rest:
            self._keep(rest)

    def _keep(self, line: str) -> None:
        line = line.rstrip("\r")
        self.lines.append(line)
        if self._printed is not None:
            self._printed(line)


async def start_guarded(
    command: list[str],
    environ: Mapping[str, str],
    *,
    files: Mapping[str, str] | None = None,
    printed: Callable[[str], None] | None = None,
) -> GuardedProcess:
    """Start `command` in a new temporary folder that holds `files` (name to content).

    `printed` is called with each line of its output. Raises OSError if the guard cannot be started.
    """
    folder = Path(tempfile.mkdtemp(prefix="usagebot-"))
    try:
        for name, content in (files or {}).items():
            (folder / name).write_text(content, encoding="utf-8")
        process = await _started(
            asyncio.create_subprocess_exec(
                sys.executable,
                "-I",
                str(GUARD),
                str(folder),
                *command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=STDOUT,
                env=dict(environ),
                start_new_session=True,
            )
        )
    except BaseException:  # also a cancellation while it starts
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return GuardedProcess(process, folder, printed)


async def _started(starting: Coroutine[None, None, Process]) -> Process:
    """Return the process once it has started; if this is cancelled meanwhile, kill it and what it started.

    asyncio itself would kill the guard alone, and then wait until what the guard started closes its output: forever.
    """
    start = asyncio.ensure_future(starting)
    try:
        return await asyncio.shield(start)
    except asyncio.CancelledError:
        process = await start
        _kill_group(process.pid)
        await process.wait()
        raise


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
