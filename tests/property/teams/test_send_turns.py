"""When exactly each turn is granted, in time that does not pass."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.teams.proactive import send_rate
from bot.teams.proactive.rate_window import CONVERSATION, TENANT, RateWindow
from bot.teams.proactive.send_rate import SendRate

Run = Callable[[Any], Any]


async def departures(pace: SendRate, *turns: tuple[str, str], took: float = 0.0) -> list[float]:
    """Return the seconds after which each of `turns` (tenant, conversation) began."""
    start = asyncio.get_running_loop().time()

    async def one(tenant: str, conversation: str) -> float:
        async with pace.turn(tenant, conversation):
            began = asyncio.get_running_loop().time() - start
            if took:
                await asyncio.sleep(took)
            return began

    return [round(each, 6) for each in await asyncio.gather(*(one(*each) for each in turns))]


def allowed(sent: Sequence[float], windows: Sequence[RateWindow]) -> float:
    """Return when the next may follow those `sent`."""
    return max((sent[-each.count] + each.seconds for each in windows if len(sent) >= each.count), default=0.0)


def expected(conversations: Sequence[int], rate: int) -> list[float]:
    """Return when each message leaves if all are there at 0.

    Every answer comes at once, and of the messages that may leave, the first leaves first.
    """
    waiting = list(enumerate(conversations))
    sent: dict[int, list[float]] = {each: [] for each in conversations}
    every: list[float] = []
    left: dict[int, float] = {}
    while waiting:
        free = {each: allowed(sent[each], CONVERSATION) for each in sent}
        moment = max(allowed(every, (RateWindow(rate, 1.0), TENANT)), min(free[each] for _, each in waiting))
        number, chosen = next(each for each in waiting if free[each[1]] <= moment)
        waiting.remove((number, chosen))
        sent[chosen].append(moment)
        every.append(moment)
        left[number] = moment
    return [left[number] for number in range(len(conversations))]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=90), st.sampled_from([1, 3, 20, 50]))
def test_every_turn_is_granted_as_soon_as_the_limits_allow(
    in_virtual_time: Run, conversations: list[int], rate: int
) -> None:
    turns = [("t", str(each)) for each in conversations]
    assert in_virtual_time(departures(SendRate(rate), *turns)) == pytest.approx(expected(conversations, rate))


def test_one_conversation_gets_seven_then_one_then_the_next_seven(in_virtual_time: Run) -> None:
    found = in_virtual_time(departures(SendRate(50), *[("t", "a")] * 17))
    assert found == [0.0] * 7 + [1.0] + [2.0] * 7 + [3.0] + [4.0]


@pytest.mark.parametrize("rate", [0, 51, -1])
def test_a_rate_outside_the_limits_is_refused(rate: int) -> None:
    with pytest.raises(SettingsError, match=f"USAGEBOT_TENANT_RATE.*{rate} is not between 1 and 50 a second"):
        SendRate(rate)


def test_twenty_a_second_are_sent_by_default(in_virtual_time: Run) -> None:
    found = in_virtual_time(departures(SendRate(), *[("t", str(each)) for each in range(41)]))
    assert found == [0.0] * 20 + [1.0] * 20 + [2.0]


@pytest.mark.parametrize("rate", [1, 50])
def test_each_tenant_has_a_rate_of_its_own_in_any_case(in_virtual_time: Run, rate: int) -> None:
    turns = [(tenant, f"{tenant} {each}") for each in range(rate) for tenant in ("a", "b")]
    assert in_virtual_time(departures(SendRate(rate), *turns, ("A", "one more"))) == [0.0] * 2 * rate + [1.0]


def test_replicas_take_equal_parts_of_every_limit(in_virtual_time: Run) -> None:
    pace = SendRate(20)
    pace.share(3)
    assert in_virtual_time(departures(pace, *[("t", str(each)) for each in range(13)])) == [0.0] * 6 + [1.0] * 6 + [2.0]
    pace = SendRate(50)
    pace.share(3)
    assert in_virtual_time(departures(pace, *[("t", "a")] * 5)) == [0.0, 0.0, 2.0, 2.0, 4.0]


def test_answers_in_progress_count_in_the_part_of_a_replica(in_virtual_time: Run) -> None:
    pace = SendRate(50)
    pace.share(25)
    found = in_virtual_time(departures(pace, *[("t", str(each)) for each in range(3)], took=5.0))
    assert found == [0.0, 0.0, 6.0]


@pytest.mark.parametrize("replicas", [0, -1, 1])
def test_one_replica_has_the_whole_rate_also_when_none_is_counted(in_virtual_time: Run, replicas: int) -> None:
    pace = SendRate(2)
    pace.share(replicas)
    assert in_virtual_time(departures(pace, *[("t", str(each)) for each in range(3)])) == [0.0, 0.0, 1.0]


def test_waiting_turns_are_granted_at_once_when_replicas_end(in_virtual_time: Run) -> None:
    async def work() -> tuple[list[float], list[int]]:
        pace = SendRate(2)
        pace.share(200)
        turns = asyncio.ensure_future(departures(pace, *[("t", "a")] * 2, ("t", "b")))
        await asyncio.sleep(1)
        waiting = [pace.waiting]
        pace.share(1)
        waiting.append(pace.waiting)
        return await turns, waiting

    assert in_virtual_time(work()) == ([0.0, 1.0, 1.0], [2, 0])


def test_answers_to_people_count_in_their_conversation_only(in_virtual_time: Run) -> None:
    async def work() -> list[float]:
        pace = SendRate(50)
        for _ in range(7):
            pace.note("a")
        return await departures(pace, ("t", "a"), ("t", "b"))

    assert in_virtual_time(work()) == [1.0, 0.0]


def test_a_conversation_with_seven_in_progress_waits_for_an_answer(in_virtual_time: Run) -> None:
    async def work() -> tuple[list[float], list[float]]:
        pace = SendRate(50)
        first = asyncio.ensure_future(departures(pace, *[("one", "a")] * 7, took=10.0))
        await asyncio.sleep(1)
        second = await departures(pace, ("two", "b"), ("two", "a"), ("one", "a"), took=0.5)
        return await first, second

    first, (other, *same) = in_virtual_time(work())
    assert first == [0.0] * 7
    assert other == 0.0
    assert sorted(same) == [10.0, 11.0]  # the seven count at 10, so the eighth leaves at 11 and the ninth at 12


def test_a_tenant_with_fifty_in_progress_waits_for_an_answer(in_virtual_time: Run) -> None:
    found = in_virtual_time(departures(SendRate(50), *[("t", str(each)) for each in range(51)], took=10.0))
    assert found == [0.0] * 50 + [11.0]


def test_a_turn_that_fails_counts_like_one_that_succeeds(in_virtual_time: Run) -> None:
    async def work() -> list[float]:
        pace = SendRate(50)
        for _ in range(7):
            with pytest.raises(RuntimeError):
                async with pace.turn("t", "a"):
                    raise RuntimeError
        return await departures(pace, ("t", "a"))

    assert in_virtual_time(work()) == [1.0]


def test_a_cancelled_turn_takes_nothing_from_any_limit(in_virtual_time: Run) -> None:
    async def work() -> tuple[int, list[int], list[float]]:
        pace, loop = SendRate(7), asyncio.get_running_loop()
        start = loop.time()
        await departures(pace, *[("t", str(each)) for each in range(7)])
        granted = [asyncio.ensure_future(pace.enter("t", "a")) for _ in range(7)]
        for each in granted:  # right behind the timer that grants them, before they can know
            loop.call_at(start + 1.0 + 1e-12, each.cancel)
        ended = await asyncio.gather(*granted, return_exceptions=True)
        line = pace._lines["t"]
        counted = [pace._sent["a"].in_flight, line.sent.in_flight, len(line.begun._moments)]
        cancelled = sum(isinstance(each, asyncio.CancelledError) for each in ended)
        return cancelled, counted, await departures(pace, *[("t", "a")] * 7)

    assert in_virtual_time(work()) == (7, [0, 0, 7], [0.0] * 7)


def test_a_cancelled_turn_that_still_waits_is_not_counted(in_virtual_time: Run) -> None:
    async def work() -> tuple[list[float], list[int]]:
        pace = SendRate(1)
        turns = [asyncio.ensure_future(departures(pace, ("t", each))) for each in "abc"]
        await asyncio.sleep(0.5)
        waiting = [pace.waiting]
        turns[1].cancel()
        await asyncio.sleep(0)
        waiting.append(pace.waiting)
        return (await turns[0]) + (await turns[2]), waiting

    assert in_virtual_time(work()) == ([0.0, 1.0], [2, 1])


def test_a_later_timer_replaces_the_one_before(in_virtual_time: Run) -> None:
    async def work() -> list[bool]:
        pace = SendRate(1)
        turns = asyncio.ensure_future(departures(pace, ("t", "a"), ("t", "b")))
        await asyncio.sleep(0.1)
        first = pace._timers["t"]
        more = asyncio.ensure_future(departures(pace, ("t", "c")))
        await asyncio.sleep(0.1)
        second = pace._timers["t"]
        await turns
        await more
        return [first.cancelled(), second is not first, pace._timers == {}]

    assert in_virtual_time(work()) == [True, True, True]


def test_the_conversation_used_longest_ago_is_forgotten_first(
    in_virtual_time: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send_rate, "REMEMBERED", 3)

    async def work() -> list[list[str]]:
        pace = SendRate()
        found = []
        for each in ("a", "b", "c", "a", "d", "e"):
            pace.note(each)
            found.append(list(pace._sent))
        return found

    a, b, c = "abc"
    assert in_virtual_time(work()) == [[a], [a, b], [a, b, c], [b, c, a], [c, a, "d"], [a, "d", "e"]]


def test_two_conversations_are_forgotten_for_each_new_one(in_virtual_time: Run) -> None:
    async def work() -> list[list[str]]:
        pace = SendRate()
        for each in "abcde":
            pace.note(each)
        await asyncio.sleep(3_599.9)
        pace.note("f")
        found = [list(pace._sent)]
        await asyncio.sleep(0.1)
        for each in "gh":
            pace.note(each)
            found.append(list(pace._sent))
        return found

    assert in_virtual_time(work()) == [list("abcdef"), list("cdefg"), list("efgh")]


def test_a_conversation_with_a_message_in_progress_is_not_forgotten(
    in_virtual_time: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send_rate, "REMEMBERED", 1)

    async def work() -> list[str]:
        pace = SendRate()
        async with pace.turn("t", "a"):
            pace.note("b")
            pace.note("c")
            return list(pace._sent)

    assert in_virtual_time(work()) == ["a", "b", "c"]
