"""The process ends in time, whatever hangs."""

import subprocess
import sys

HANGING = """
import threading
from bot.cli.exit_deadline import exit_in

exit_in({seconds}, 1)
threading.Thread(target=threading.Event().wait).start()
"""


def test_process_with_a_thread_that_never_ends_is_stopped() -> None:
    code = HANGING.format(seconds=0.1)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert done.stderr == "usagebot: something did not end within 0.1 seconds; stopped without it.\n"


def test_process_that_ends_by_itself_waits_for_nothing() -> None:
    code = "from bot.cli.exit_deadline import exit_in\nexit_in(3600.0, 1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
