"""A change that is made whole or not at all, although its caller is cancelled.

Independent of what is changed.
"""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

Result = TypeVar("Result")


async def to_the_end(change: Awaitable[Result]) -> Result:
    """Return the result of `change`, although the caller is cancelled meanwhile.

    The caller is not cancelled then. A second time it is, and the change with it: a process that stops does not wait.
    """
    task = asyncio.ensure_future(change)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        caller = asyncio.current_task()
        if task.cancelled() or caller is None:
            raise
        caller.uncancel()
        return await task
