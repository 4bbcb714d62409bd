"""Only transient failures are repeated.

No test waits for time to pass.
"""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from bot.concurrency.backoff import Backoff
from bot.concurrency.store_retry import STORE, persist
from bot.errors import DeliveryError, StoreError

AT_ONCE = Backoff(first=0.0, longest=0.0)


class Work:
    """Raises the given errors one after the other, then succeeds."""

    def __init__(self, *errors: Exception) -> None:
        self._errors: Iterator[Exception] = iter(errors)
        self.done = 0

    async def __call__(self) -> str:
        self.done += 1
        for error in self._errors:
            raise error
        return "done"


async def test_work_is_repeated_until_it_succeeds() -> None:
    work = Work(*[StoreError("busy")] * 30)
    assert await AT_ONCE.retry(work, StoreError) == "done"
    assert work.done == 31


async def test_another_error_is_raised_at_once() -> None:
    work = Work(DeliveryError(None, "refused"))
    with pytest.raises(DeliveryError):
        await AT_ONCE.retry(work, StoreError)
    assert work.done == 1


async def test_the_last_error_is_raised_when_the_attempts_are_used_up() -> None:
    work = Work(StoreError("first"), StoreError("second"), StoreError("third"))
    with pytest.raises(StoreError, match="second"):
        await Backoff(first=0.0, longest=0.0, attempts=2).retry(work, StoreError)
    assert work.done == 2


async def test_each_failure_is_reported_with_a_longer_wait() -> None:
    seen: list[tuple[str, float]] = []
    backoff = Backoff(first=1e-9, longest=4e-9, attempts=5)
    with pytest.raises(StoreError):
        await backoff.retry(
            Work(*[StoreError("busy")] * 5), StoreError, lambda error, wait: seen.append((str(error), wait))
        )
    assert seen == [("busy", wait) for wait in (1e-9, 2e-9, 4e-9, 4e-9, 4e-9)]


async def test_a_change_is_made_however_often_the_store_fails() -> None:
    work = Work(StoreError("the disk is full"), StoreError("still"))
    with capture_logs() as logs:
        assert await persist(work, AT_ONCE, digest=7) == "done"
    ours = [each for each in logs if each["event"] == "digest_store_failed"]
    assert [(each["problem"], each["digest"]) for each in ours] == [("the disk is full", 7), ("still", 7)]


def test_a_change_is_repeated_without_end() -> None:
    assert STORE.attempts is None
