"""The send rate exceeds no limit, whatever arrives when, and uses all of it."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.teams.proactive.rate_window import CONVERSATION, TENANT, RateWindow
from bot.teams.proactive.send_rate import SendRate

Run = Callable[[Any], Any]
TINY = 1e-6  # the rounding error of a clock of floats

# (seconds after the previous one, conversation, seconds the request takes, seconds until its task times out)
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
    """Counts a request at a moment between sending and response.

    The connector does the same.
    """

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
    """Return True if the window is exceeded in any half-open span of its length."""
    moments = sorted(moments)
    pairs = zip(moments, moments[window.count :], strict=False)
    return any(after - before < window.seconds - TINY for before, after in pairs)


async def _send_all(pace: SendRate, service: Service, arrivals: list[tuple[float, int, float, float | None]]) -> int:
    """Send all arrivals. Return how many timed out."""
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
def test_no_limit_is_exceeded_and_every_request_ends(
    in_virtual_time: Run, arrivals: Any, counted_at: float, rate: int, replicas: int
) -> None:
    pace, service = SendRate(rate), Service(counted_at)
    pace.share(replicas)
    timed_out = in_virtual_time(_send_all(pace, service, arrivals))
    assert len(service.arrived) + timed_out >= len(arrivals)
    assert pace.waiting == 0
    for conversation in {conversation for _, conversation in service.arrived}:
        moments = [moment for moment, where in service.arrived if where == conversation]
        for window in CONVERSATION:
            assert not above(moments, window.shared(replicas)), window
    assert not above(service.departed, RateWindow(rate, 1.0).shared(replicas))
    assert not above([moment for moment, _ in service.arrived], TENANT.shared(replicas))


@given(st.integers(1, 50), st.integers(40, 200), st.sampled_from([0.0, 0.03, 0.4]))
def test_whole_rate_is_used_when_enough_messages_wait(in_virtual_time: Run, rate: int, many: int, took: float) -> None:
    swift = not took or 2 * rate <= TENANT.count
    assume(swift or took < 0.05)  # otherwise Teams' own limit is the lower one
    pace, service = SendRate(rate), Service(0.5)
    in_virtual_time(_send_all(pace, service, [(0.0, number, took, None) for number in range(many)]))
    seconds = service.departed[-1] - service.departed[0]
    assert many > rate * seconds * 0.95
    assert not swift or seconds <= (many - 1) // rate + TINY


@given(st.lists(st.integers(0, 5), min_size=1, max_size=60), st.integers(1, 50))
def test_messages_of_a_conversation_keep_their_order(in_virtual_time: Run, conversations: list[int], rate: int) -> None:
    pace = SendRate(rate)
    served: list[tuple[int, int]] = []

    async def one(number: int, conversation: int) -> None:
        async with pace.turn("T", str(conversation)):
            served.append((conversation, number))

    async def all_at_once() -> None:
        await asyncio.gather(*(one(number, each) for number, each in enumerate(conversations)))

    in_virtual_time(all_at_once())
    assert sorted(served) == sorted(served, key=lambda each: each[0])
    if max(conversations.count(each) for each in conversations) <= 7:  # no conversation has to wait for its limit
        assert [number for _, number in served] == list(range(len(conversations)))


@given(st.integers(1, 50), st.integers(1, 60))
def test_parts_of_all_replicas_never_exceed_the_limit(rate: int, replicas: int) -> None:
    whole = RateWindow(rate, 1.0)
    part = whole.shared(replicas)
    assert part.count >= 1
    assert part.count * replicas / part.seconds <= whole.count / whole.seconds + TINY
    if replicas <= rate:
        assert part.count * replicas <= rate
        assert part.seconds == whole.seconds


@given(ARRIVALS, st.lists(st.integers(0, 12), max_size=10), st.data())
def test_no_message_waits_forever_when_replicas_start_and_stop(
    in_virtual_time: Run, arrivals: Any, replicas: list[int], data: st.DataObject
) -> None:
    pace, service = SendRate(), Service(data.draw(st.floats(0, 1)))

    async def changing() -> None:
        for number in replicas:
            pace.share(number)
            pace.note("0")
            await asyncio.sleep(0.4)

    async def all_of_it() -> None:
        await asyncio.gather(_send_all(pace, service, arrivals), changing())

    in_virtual_time(all_of_it())
    assert pace.waiting == 0
    for conversation in {conversation for _, conversation in service.arrived}:
        moments = [moment for moment, where in service.arrived if where == conversation]
        assert not any(above(moments, window) for window in CONVERSATION)


def test_turn_goes_to_the_next_when_it_is_cancelled_as_it_is_granted(in_virtual_time: Run) -> None:
    pace = SendRate(1)

    async def three() -> tuple[bool, float]:
        loop = asyncio.get_running_loop()
        async with pace.turn("t", "x"):
            began = loop.time()
        first = asyncio.ensure_future(pace.enter("t", "a"))
        second = asyncio.ensure_future(pace.enter("t", "b"))
        # Just after the timer that grants the turn, before the task can run.
        loop.call_at(began + 1.0 + 1e-12, first.cancel)
        await second
        return first.cancelled(), loop.time() - began

    cancelled, waited = in_virtual_time(three())
    assert cancelled
    assert waited < 1.0 + TINY


def test_conversations_are_forgotten_when_their_hour_is_over(in_virtual_time: Run) -> None:
    pace = SendRate()

    async def hours() -> int:
        for number in range(100_000):
            pace.note(str(number))
        await asyncio.sleep(3_601)
        for number in range(50_001):
            pace.note(f"later {number}")
        return len(pace._sent)

    assert in_virtual_time(hours()) == 50_001
