"""End the process in time, whatever hangs.

A thread in a system call, a database, a name server. Supervisors kill a process after some time, commonly 30 seconds,
without a line in the log:
https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
"""

import os
import sys
import threading

EXIT_SECONDS = 20.0


def exit_in(seconds: float, status: int) -> None:
    """End the process with `status` after `seconds`, unless it has ended before."""

    def end() -> None:
        print(f"usagebot: something did not end within {seconds:g} seconds; stopped without it.", file=sys.stderr)
        sys.stderr.flush()
        os._exit(status)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
