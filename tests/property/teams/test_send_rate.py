"""The pace is never above a limit, whatever arrives when, and wastes none of it."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.teams.proactive.rate_window import CONVERSATION, TENANT, RateWindow
from bot.teams.proactive.send_rate import SendRate

Run = Callable[[Any], Any]
TINY = 1e-6  # what a clock of floats may lose

# (seconds after the one before, conversation, how long the request takes, gives up after)
ARRIVALS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.0, 0.0, 0.01, 0.13, 0.5, 1.0, 1.9, 29.0, 3_000.0]),
        st.integers(0, 3),
        st.sampled_from([0.0, 0.0, 0.02, 0.3, 1.5]),
        st.sampled_from([None, None, None, 0.0, 0.05, 0.7]),
    ),
    max_size=120,
)


class Service:
    """Counts a request at some moment between its departure and its answer, as the connector does."""

    def __init__(self, counted_at: float) -> None:
        self.counted_at = counted_at
        self.arrived: list[tuple[float, str]] = []
        self.departed: list[float] = []

    async def send(self, pace: SendRate, conversation: str, took: float) -> None:
        async with pace.turn("T", conversation):
            loop = asyncio.get_running_loop()
            self.departed.append(loop.time())
            await asyncio.sleep(took * self.counted_at)
            self.arrived.append((loop.time(), conversation))
            await asyncio.sleep(took * (1 - self.counted_at))


def above(moments: Sequence[float], window: RateWindow) -> bool:
    """Whether more than `window` allows lie in any half-open span of its length."""
    moments = sorted(moments)
    pairs = zip(moments, moments[window.count :], strict=False)
    return any(after - before < window.seconds - TINY for before, after in pairs)


async def _bring(pace: SendRate, service: Service, arrivals: list[tuple[float, int, float, float | None]]) -> int:
    """Everything that arrives; how many gave up."""
    tasks = []

    async def patient(conversation: str, took: float, patience: float | None) -> None:
        async with asyncio.timeout(patience):
            await service.send(pace, conversation, took)

    for pause, conversation, took, patience in arrivals:
        await asyncio.sleep(pause)
        tasks.append(asyncio.ensure_future(patient(str(conversation), took, patience)))
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    return sum(isinstance(each, TimeoutError) for each in ended)


@given(ARRIVALS, st.floats(0, 1), st.integers(1, 50), st.integers(1, 8))
def test_no_window_is_ever_exceeded_and_nobody_waits_for_ever(
    in_virtual_time: Run, arrivals: Any, counted_at: float, rate: int, replicas: int
) -> None:
    pace, service = SendRate(rate), Service(counted_at)
    pace.share(replicas)
    gave_up = in_virtual_time(_bring(pace, service, arrivals))
    assert len(service.arrived) + gave_up >= len(arrivals)
    assert pace.waiting == 0
    for conversation in {conversation for _, conversation in service.arrived}:
        moments = [moment for moment, where in service.arrived if where == conversation]
        for window in CONVERSATION:
            assert not above(moments, window.shared(replicas)), window
    assert not above(service.departed, RateWindow(rate, 1.0).shared(replicas))
    assert not above([moment for moment, _ in service.arrived], TENANT.shared(replicas))


@given(st.integers(1, 50), st.integers(40, 200), st.sampled_from([0.0, 0.03, 0.4]))
def test_with_enough_to_do_all_of_the_rate_is_used(in_virtual_time: Run, rate: int, many: int, took: float) -> None:
    swift = not took or 2 * rate <= TENANT.count
    assume(swift or took < 0.05)  # else Teams' own limit is the lower one
    pace, service = SendRate(rate), Service(0.5)
    in_virtual_time(_bring(pace, service, [(0.0, number, took, None) for number in range(many)]))
    seconds = service.departed[-1] - service.departed[0]
    assert many > rate * seconds * 0.95
    assert not swift or seconds <= (many - 1) // rate + TINY


@given(st.lists(st.integers(0, 5), min_size=1, max_size=60), st.integers(1, 50))
def test_each_conversation_is_served_in_the_order_of_its_messages(
    in_virtual_time: Run, conversations: list[int], rate: int
) -> None:
    pace = SendRate(rate)
    served: list[tuple[int, int]] = []

    async def one(number: int, conversation: int) -> None:
        async with pace.turn("T", str(conversation)):
            served.append((conversation, number))

    async def everybody() -> None:
        await asyncio.gather(*(one(number, each) for number, each in enumerate(conversations)))

    in_virtual_time(everybody())
    assert sorted(served) == sorted(served, key=lambda each: each[0])
    if max(conversations.count(each) for each in conversations) <= 7:  # none of them has to rest
        assert [number for _, number in served] == list(range(len(conversations)))


@given(st.integers(1, 50), st.integers(1, 60))
def test_the_parts_of_all_replicas_are_never_more_than_the_whole(rate: int, replicas: int) -> None:
    whole = RateWindow(rate, 1.0)
    part = whole.shared(replicas)
    assert part.count >= 1
    assert part.count * replicas / part.seconds <= whole.count / whole.seconds + TINY
    if replicas <= rate:
        assert part.count * replicas <= rate
        assert part.seconds == whole.seconds


@given(ARRIVALS, st.lists(st.integers(0, 12), max_size=10), st.data())
def test_processes_that_come_and_go_leave_nobody_waiting(
    in_virtual_time: Run, arrivals: Any, replicas: list[int], data: st.DataObject
) -> None:
    pace, service = SendRate(), Service(data.draw(st.floats(0, 1)))

    async def changing() -> None:
        for number in replicas:
            pace.share(number)
            pace.note("0")
            await asyncio.sleep(0.4)

    async def all_of_it() -> None:
        await asyncio.gather(_bring(pace, service, arrivals), changing())

    in_virtual_time(all_of_it())
    assert pace.waiting == 0
    for conversation in {conversation for _, conversation in service.arrived}:
        moments = [moment for moment, where in service.arrived if where == conversation]
        assert not any(above(moments, window) for window in CONVERSATION)


def test_a_turn_that_is_cancelled_as_it_is_granted_goes_to_the_next(in_virtual_time: Run) -> None:
    pace = SendRate(1)

    async def three() -> tuple[bool, float]:
        loop = asyncio.get_running_loop()
        async with pace.turn("t", "x"):
            began = loop.time()
        first = asyncio.ensure_future(pace.enter("t", "a"))
        second = asyncio.ensure_future(pace.enter("t", "b"))
        # Right behind the timer that grants it, before it can know.
        loop.call_at(began + 1.0 + 1e-12, first.cancel)
        await second
        return first.cancelled(), loop.time() - began

    cancelled, waited = in_virtual_time(three())
    assert cancelled
    assert waited < 1.0 + TINY


def test_a_hundred_thousand_conversations_are_forgotten_when_their_hour_is_over(in_virtual_time: Run) -> None:
    pace = SendRate()

    async def hours() -> int:
        for number in range(100_000):
            pace.note(str(number))
        await asyncio.sleep(3_601)
        for number in range(50_001):
            pace.note(f"later {number}")
        return len(pace._sent)

    assert in_virtual_time(hours()) == 50_001
