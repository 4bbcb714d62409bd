"""How soon the event loop continues while a thread calculates.

The setting is process-wide: only the code that starts the process may call this module.
"""

import sys

# Python's default is 0.005: the loop waits that long, each time it is woken, for a thread that reads a long sentence.
SECONDS = 0.001


def prefer_the_event_loop() -> None:
    """Let a thread that calculates give way to the event loop after a millisecond.

    https://docs.python.org/3/library/sys.html#sys.setswitchinterval
    """
    sys.setswitchinterval(SECONDS)
