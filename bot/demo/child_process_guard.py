"""Run a child process and terminate it when the parent exits.

The exit is detected by end-of-file on stdin, whose other end the parent holds.

Run as a file: `python -I child_process_guard.py FOLDER COMMAND…`, in a session of its own, so that a Ctrl-C in the
terminal reaches only the parent, which decides. When the parent exits, in whatever way (a kill -9 too), the pipe ends:
then the whole process group is killed and FOLDER removed. Imports the standard library only, and nothing of bot.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from types import FrameType

GRACE = 3.0
"""Seconds between SIGTERM and SIGKILL."""


def main(folder: str, command: list[str]) -> int:
    """Run the command and return its exit code; 127 if it cannot be started."""
    # SIGTERM goes to the whole group, and this process has to exit last. A handler, because the child would inherit
    # "ignore".
    signal.signal(signal.SIGTERM, _ignore)
    try:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, cwd=folder, restore_signals=True)  # noqa: S603
    except OSError as problem:
        print(f"{command[0]}: {problem.strerror}", file=sys.stderr, flush=True)
        return 127
    parent_exited = threading.Event()
    watch = threading.Thread(target=_terminate_with_parent, args=(folder, child, parent_exited), daemon=True)
    watch.start()
    code = child.wait()
    if parent_exited.is_set():
        watch.join()
    _terminate_group(child)
    return code


def _terminate_with_parent(folder: str, child: "subprocess.Popen[bytes]", parent_exited: threading.Event) -> None:
    while os.read(0, 4096):
        pass
    parent_exited.set()
    _terminate_group(child)
    shutil.rmtree(folder, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def _ignore(_number: int, _frame: FrameType | None) -> None:
    pass


def _terminate_group(child: "subprocess.Popen[bytes]") -> None:
    """Send SIGTERM to the whole group, and wait up to GRACE seconds for the child to exit."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(0, signal.SIGTERM)
    until = time.monotonic() + GRACE
    while time.monotonic() < until and child.poll() is None:
        time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
