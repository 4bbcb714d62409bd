"""Who joins a request late waits as long as who began it."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from bot.concurrency.single_flight import SingleFlight
from bot.errors import DeadlineError
from tests.property.teams.conftest import VirtualLoop

LIMIT = 60.0


class Service:
    """Has an answer at some time; who asks waits LIMIT seconds for it."""

    def __init__(self, answers_at: float) -> None:
        self.answers_at = answers_at
        self.asked: list[float] = []
        self.flights: SingleFlight[str] = SingleFlight(overdue=DeadlineError)

    async def _ask(self) -> str:
        loop = asyncio.get_running_loop()
        self.asked.append(loop.time())
        if self.answers_at - loop.time() > LIMIT:
            await asyncio.sleep(LIMIT)
            raise DeadlineError("no complete answer")
        await asyncio.sleep(max(0.0, self.answers_at - loop.time()))
        return "answer"

    async def told(self, after: float) -> tuple[str, float]:
        """Return what a person gets who asks after so many seconds, and how long it took."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(after)
        asked = loop.time()
        try:
            found = await self.flights.join("question", self._ask)
        except DeadlineError:
            found = "too long"
        return found, loop.time() - asked


def run(work: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)


def asked_after(answers_after: float, *seconds: float) -> tuple[list[tuple[str, float]], Service]:
    async def work() -> tuple[list[tuple[str, float]], Service]:
        service = Service(asyncio.get_running_loop().time() + answers_after)
        return list(await asyncio.gather(*map(service.told, seconds))), service

    found: tuple[list[tuple[str, float]], Service] = run(work())
    return found


def test_who_joins_late_gets_an_answer_that_comes_in_their_time() -> None:
    told, _ = asked_after(70, 0, 55)
    assert told == [("too long", LIMIT), ("answer", 15)]


def test_who_joins_late_waits_no_longer_than_the_first() -> None:
    told, _ = asked_after(1_000, 0, 20, 59)
    assert told == [("too long", LIMIT)] * 3


def test_all_who_joined_late_share_the_next_request() -> None:
    told, service = asked_after(70, 0, 55, 56, 57)
    assert [text for text, _ in told] == ["too long", "answer", "answer", "answer"]
    assert len(service.asked) == 2


def test_who_asks_at_the_same_time_starts_no_other_request() -> None:
    told, service = asked_after(1_000, 0, 0, 0)
    assert (told, len(service.asked)) == ([("too long", LIMIT)] * 3, 1)


def test_nothing_is_running_after_the_time_of_the_last() -> None:
    async def work() -> set[str]:
        service = Service(asyncio.get_running_loop().time() + 1_000)
        await asyncio.gather(service.told(0), service.told(30))
        await asyncio.sleep(0)
        return {task.get_name() for task in asyncio.all_tasks()} - {asyncio.current_task().get_name()}  # type: ignore[union-attr]

    assert run(work()) == set()


def test_other_errors_are_those_of_all_who_wait() -> None:
    flights: SingleFlight[str] = SingleFlight(overdue=DeadlineError)
    begun: list[str] = []

    async def fail() -> str:
        begun.append("request")
        await asyncio.sleep(10)
        raise ZeroDivisionError

    async def told(after: float) -> None:
        await asyncio.sleep(after)
        with pytest.raises(ZeroDivisionError):
            await flights.join("question", fail)

    async def work() -> None:
        await asyncio.gather(told(0), told(9))

    run(work())
    assert begun == ["request"]
