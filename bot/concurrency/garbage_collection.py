"""Garbage collector settings for a process that serves turns.

The settings are process-wide: only the code that starts the process may call this module.
"""

import gc

# Objects of the youngest generation before a collection. Sixteen concurrent turns make a few thousand objects, and
# reference counting frees all of them. With Python's default of 700 each would be scanned several times, together with
# everything that was imported.
YOUNG = 10_000


def freeze_startup_objects() -> None:
    """Exclude all objects that exist now from later collections.

    Call once, when the bot has started.

    https://docs.python.org/3/library/gc.html#gc.freeze
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
