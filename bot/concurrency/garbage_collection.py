"""The garbage collector of a process that serves turns. Process-wide, so only who starts the process may call this."""

import gc

# Sixteen turns side by side make a few thousand objects, all of which die by themselves; with the default of 700 they
# are looked through several times each, and everything that was imported with them.
YOUNG = 10_000


def freeze_startup_objects() -> None:
    """Call once, when the bot stands: what was made until now stays, and is never looked through again.

    https://docs.python.org/3/library/gc.html#gc.freeze
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
