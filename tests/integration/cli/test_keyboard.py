"""Tests of a coroutine beside the keyboard: it receives lines, and signals end it."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

PROGRAM = """
import asyncio, os, signal, sys, threading
from pathlib import Path
from bot.cli.keyboard import TerminatedError, beside_keyboard

async def main_thread_waits():
    seen = ""
    while not seen.endswith("SSS"):  # "sleeping", several times in a row: it may have waited for a lock
        await asyncio.sleep(0.01)
        seen += Path(f"/proc/self/task/{os.getpid()}/stat").read_text().rpartition(") ")[2][0]

async def main(keyboard):
    try:
        print("ready", flush=True)
        while (line := await keyboard.ask("> ")) is not None:
            print("got", ascii(line), flush=True)
            if line == "wait":
                await asyncio.Event().wait()
            if line in ("signal", "signal during a line"):  # as the system may: to this thread, not to the main one
                asking = line != "signal" and asyncio.ensure_future(keyboard.ask("> "))
                await main_thread_waits()
                signal.pthread_kill(threading.get_ident(), signal.SIGINT)
                await asyncio.Event().wait()
            if line == "fail":
                raise ValueError("failed")
        return 5
    finally:
        await asyncio.sleep(0)
        print("cleaned up", flush=True)

try:
    sys.exit(beside_keyboard(main))
except TerminatedError:
    print("terminated")
except KeyboardInterrupt:
    print("interrupted")
except ValueError as error:
    print(error)
"""

# However slow the machine is, no second signal counts as one from a person who insists.
PATIENT = """
from bot.cli import keyboard

keyboard.PATIENCE = 3600.0
"""

# A signal arrives while the other thread runs already and the main thread has not returned from starting it.
INTERRUPTED_START = """
import os, signal, threading

def start(thread, start=threading.Thread.start):
    start(thread)
    if thread.name == "usagebot":
        os.kill(os.getpid(), signal.SIGINT)

threading.Thread.start = start
"""


@contextmanager
def start(before: str = "") -> Iterator["subprocess.Popen[bytes]"]:
    """Start PROGRAM; if it has not ended at the end, it is killed."""
    command = [sys.executable, "-c", before + PROGRAM]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as program:
        try:
            yield program
        finally:
            program.kill()


def test_lines_arrive_one_by_one_until_the_end_of_input() -> None:
    with start() as program:
        out, _ = program.communicate(b"one\ntwo\r\n\xff\nlast")
    assert out.split(b"\n")[1:5] == [b"got 'one'", b"got 'two'", b"got '\\ufffd'", b"got 'last'"]
    assert program.returncode == 5


def test_coroutine_cleans_up_when_ctrl_c_comes_during_a_line() -> None:
    with start() as program:
        assert program.stdout is not None
        program.stdout.readline()
        program.send_signal(signal.SIGINT)
        assert program.stdout.read() == b"cleaned up\ninterrupted\n"


def test_coroutine_cleans_up_when_ctrl_c_comes_while_its_thread_starts() -> None:
    with start(INTERRUPTED_START) as program:
        try:
            assert program.communicate()[0] == b"ready\ncleaned up\ninterrupted\n"
        finally:
            program.kill()


def test_coroutine_cleans_up_when_a_signal_comes_twice() -> None:
    with start(PATIENT) as program:
        assert program.stdout is not None
        program.stdout.readline()
        for _ in range(20):
            program.send_signal(signal.SIGINT)
            program.send_signal(signal.SIGTERM)
        assert program.stdout.read().startswith(b"cleaned up\n")


def test_coroutine_cleans_up_when_sigterm_comes_during_its_work() -> None:
    with start() as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(b"wait\n")
        program.stdin.flush()
        assert [program.stdout.readline() for _ in range(2)] == [b"ready\n", b"got 'wait'\n"]
        program.send_signal(signal.SIGTERM)
        assert program.stdout.read() == b"cleaned up\nterminated\n"


def test_failure_is_raised_in_the_calling_thread() -> None:
    with start() as program:
        out, _ = program.communicate(b"fail\n")
    assert out.endswith(b"cleaned up\nfailed\n")


@pytest.mark.parametrize("line", [b"signal", b"signal during a line"])
def test_signal_is_handled_when_another_thread_receives_it(line: bytes) -> None:
    """While the main thread blocks on stdin, such a signal does not interrupt it."""
    with start() as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(line + b"\n")
        program.stdin.flush()
        assert program.stdout.read().endswith(b"cleaned up\ninterrupted\n")
