"""Run commands of the command line in processes that are forked, not started.

A process of its own has its own exit code, streams and environment. Forked from one that has imported the program, it
needs none of the second or more of CPU that importing takes. Tests of the start itself, of signals and of terminals
start `python -m bot`.
"""

import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FORKS = multiprocessing.get_context("forkserver")
MODULES = [
    "bot.cli.main",
    *(
        f"bot.cli.commands.{name}"
        for name in ("ask", "chat", "demo", "digests", "doctor", "explain", "mcp", "package", "serve")
    ),
    "bot.cli.terminal_sign_in",
    "bot.cli.explain_demo",
    "bot.cli.explain_lines",
    "tests.loaded_languages",  # their words, too
    "tests.forked_processes",
    "tests.e2e.digests.replica",
    "tests.integration.teams.sign_in.process",
]
# There is one server for each process of the tests, so this is the list of all that is forked.
FORKS.set_forkserver_preload(MODULES)


@dataclass(frozen=True)
class Finished:
    """A command that has ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str


def run_forked(arguments: tuple[str, ...], environment: Mapping[str, str], typed: bytes = b"") -> Finished:
    """Run `usagebot <arguments>` with exactly this environment; `typed` is its whole standard input."""
    with tempfile.TemporaryDirectory(prefix="usagebot-command-") as folder:
        streams = [Path(folder, name) for name in ("in", "out", "err")]
        streams[0].write_bytes(typed)
        process = FORKS.Process(target=_run, args=(arguments, dict(environment), str(Path.cwd()), streams))
        process.start()
        try:
            process.join()
        finally:  # pytest may have stopped the test
            process.kill()
            process.join()
        out, err = (stream.read_bytes().decode("utf-8", "replace") for stream in streams[1:])
        assert process.exitcode is not None
        return Finished(process.exitcode, out, err)


def run_started(arguments: tuple[str, ...], environment: Mapping[str, str], typed: bytes = b"") -> Finished:
    """Do the same with a new Python, which reads the settings of its start from the environment."""
    command = [sys.executable, "-m", "bot", *arguments]
    done = subprocess.run(command, env=dict(environment), input=typed, capture_output=True, check=False)
    out, err = (stream.decode("utf-8", "replace") for stream in (done.stdout, done.stderr))
    return Finished(done.returncode, out, err)


class ForkedCommand:
    """A forked `usagebot <arguments>` that goes on, in a session of its own.

    It has what tests need of a `Popen`.
    """

    def __init__(self, arguments: tuple[str, ...], environment: Mapping[str, str], *, logged: bool = False) -> None:
        self._folder = tempfile.mkdtemp(prefix="usagebot-command-")
        written = Path(self._folder, "out")  # a pipe, which ends with the last process that has it
        os.mkfifo(written)
        streams = [Path(os.devnull), written, written]
        given = (arguments, dict(environment), str(Path.cwd()), streams)
        self._process = FORKS.Process(target=_run_on, args=(*given, logged))
        self._process.start()
        self.stdout = written.open(encoding="utf-8", errors="replace")

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, seconds: float) -> int:
        """Return the exit code."""
        self._process.join(seconds)
        assert self._process.exitcode is not None, f"it runs for more than {seconds} seconds"
        shutil.rmtree(self._folder, ignore_errors=True)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()


def _run_on(
    arguments: tuple[str, ...], environment: dict[str, str], folder: str, streams: list[Path], logged: bool
) -> None:
    from bot.cli.commands import demo
    from bot.cli.logging_setup import configure_logs

    os.setsid()
    if logged:
        demo.configure_logs = lambda _: configure_logs("info")
    _run(arguments, environment, folder, streams)


def _run(arguments: tuple[str, ...], environment: dict[str, str], folder: str, streams: list[Path]) -> None:
    from bot.cli.main import run

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, stream in enumerate(streams):
        file = os.open(stream, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(file, number)
        os.close(file)
    # The streams of the server may be files, which remember where they are written. A pipe has no such place.
    sys.stdout = open(1, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding=sys.stderr.encoding, errors=sys.stderr.errors, closefd=False, buffering=1)  # noqa: SIM115
    # multiprocessing has replaced the input by that of /dev/null.
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
    sys.argv = ["usagebot", *arguments]
    sys.exit(run(arguments))
