"""Runs a command that never outlives the program that holds the other end of this one's stdin.

Run as a file: `python -I child_process_guard.py FOLDER COMMAND…`, in a session of its own, so that a Ctrl-C in the
terminal reaches only the holder, who decides. When the holder goes, in whatever way (a kill -9 too), the pipe ends:
then the whole process group is ended and FOLDER removed. Knows the standard library only; imports nothing of bot.
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
    """The command's exit code; 127 where it cannot be started."""
    # SIGTERM goes to the whole group, and this one goes last. A handler, because "ignore" would be inherited.
    signal.signal(signal.SIGTERM, _stay)
    try:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, cwd=folder, restore_signals=True)  # noqa: S603
    except OSError as problem:
        print(f"{command[0]}: {problem.strerror}", file=sys.stderr, flush=True)
        return 127
    let_go = threading.Event()
    watch = threading.Thread(target=_end_with_holder, args=(folder, child, let_go), daemon=True)
    watch.start()
    code = child.wait()
    if let_go.is_set():
        watch.join()
    _terminate_group(child)
    return code


def _end_with_holder(folder: str, child: "subprocess.Popen[bytes]", let_go: threading.Event) -> None:
    while os.read(0, 4096):
        pass
    let_go.set()
    _terminate_group(child)
    shutil.rmtree(folder, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def _stay(_number: int, _frame: FrameType | None) -> None:
    pass


def _terminate_group(child: "subprocess.Popen[bytes]") -> None:
    """SIGTERM to all, and a moment for them to follow it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(0, signal.SIGTERM)
    until = time.monotonic() + GRACE
    while time.monotonic() < until and child.poll() is None:
        time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
