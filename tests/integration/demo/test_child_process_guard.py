"""Tests that a guarded child process is terminated when its parent exits."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import bot.demo.child_process_guard

LEASH = bot.demo.child_process_guard.__file__
# A group of processes: a shell that ignores SIGTERM, and a sleeping child of it.
STUBBORN = "trap '' TERM; sleep 60 & echo $! > child; wait; sleep 60"


def start(folder: Path, *command: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-I", LEASH, str(folder), *command],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def until(true: Callable[[], bool]) -> bool:
    """Return True as soon as `true` does; pytest's timeout ends the waiting."""
    while not true():
        time.sleep(0.02)
    return True


def group_is_gone(group: int) -> bool:
    """Return True if no process of the group is alive.

    Zombies may still wait for init.
    """
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, its_group = status.read_text("latin-1").rpartition(") ")[2].split()[:3]
            if int(its_group) == group and state not in "ZX":
                return False
    return True


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "work"
    made.mkdir()
    return made


def test_group_and_folder_are_removed_when_the_parent_closes_stdin(folder: Path) -> None:
    with start(folder, "sh", "-c", "sleep 60 & echo $! > child; wait") as leash:
        assert until((folder / "child").is_file)
        assert leash.stdin is not None
        leash.stdin.close()
        leash.wait(10)
        assert until(lambda: group_is_gone(leash.pid))
    assert not folder.exists()


def test_group_that_ignores_sigterm_is_killed(folder: Path) -> None:
    with start(folder, "sh", "-c", STUBBORN) as leash:
        assert until((folder / "child").is_file)
        assert leash.stdin is not None
        leash.stdin.close()
        leash.wait(10)
        assert until(lambda: group_is_gone(leash.pid))


def test_group_is_killed_when_the_parent_is_killed(folder: Path) -> None:
    holder_code = (
        "import subprocess, sys, time\n"
        "command = [sys.executable, '-I', *sys.argv[1:]]\n"
        "leash = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)\n"
        "print(leash.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    command = [sys.executable, "-c", holder_code, LEASH, str(folder), "sh", "-c", "sleep 60 & echo $! > child; wait"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        group = int(holder.stdout.readline())
        assert until((folder / "child").is_file)
        holder.send_signal(signal.SIGKILL)
        holder.wait(10)
    assert until(lambda: group_is_gone(group))
    assert until(lambda: not folder.exists())


def test_exit_code_is_returned_when_the_command_ends_by_itself(folder: Path) -> None:
    with start(folder, "sh", "-c", "exit 7") as leash:
        assert leash.wait(10) == 7


def test_exit_code_is_127_when_the_command_does_not_exist(folder: Path) -> None:
    with start(folder, "no-such-program") as leash:
        assert leash.wait(10) == 127
        assert leash.stderr is not None
        assert leash.stderr.read().decode().splitlines() == ["no-such-program: No such file or directory"]
