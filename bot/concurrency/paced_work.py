"""Work that is counted in steps: a little at once, much in a thread.

How many steps it takes is known afterwards only. So it is tried with a few, and done again in a thread if they were not
enough: other turns wait for the few only.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class PacedWork:
    """Work in several parts, in a thread as soon as one takes many steps.

    `at_once` steps are taken on the event loop, `most` in a thread.
    """

    def __init__(self, at_once: int, most: int) -> None:
        self._at_once = at_once
        self._most = most
        self._in_thread = False

    async def do(self, work: Callable[[int], T], is_unfinished: Callable[[T], bool]) -> T:
        """Return what `work` finds within the steps that it is given."""
        if not self._in_thread:
            found = work(self._at_once)
            if not is_unfinished(found):
                return found
            self._in_thread = True
        return await asyncio.to_thread(work, self._most)

    async def finish(self, work: Callable[[], T]) -> T:
        """Return what is made of the parts. If one of them was long, this may be as well."""
        return await asyncio.to_thread(work) if self._in_thread else work()
