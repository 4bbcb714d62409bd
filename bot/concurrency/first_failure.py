"""Run coroutines concurrently and raise the first failure.

Independent of what they do.
"""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

Result = TypeVar("Result")


async def gather_or_first_failure(work: Iterable[Coroutine[Any, Any, Result]]) -> list[Result]:
    """Run `work` concurrently and return the results in order.

    Raises the first exception of any coroutine, after the others were cancelled.
    """
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(each) for each in work]
    except BaseExceptionGroup as failed:
        raise _first(failed) from None
    return [task.result() for task in tasks]


def _first(failed: BaseExceptionGroup[BaseException]) -> BaseException:
    error = failed.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
