"""When one more message may leave."""

import pytest

from bot.teams.proactive.rate_window import CONVERSATION, NEVER, TENANT, RateWindow, SentTimes

TWO_A_SECOND = RateWindow(2, 1.0)
HOUR = CONVERSATION[-1].seconds


def sent(*moments: float) -> SentTimes:
    times = SentTimes()
    for moment in moments:
        times.add(moment)
    return times


def test_the_limits_are_those_that_teams_documents() -> None:
    assert [(each.count, each.seconds) for each in CONVERSATION] == [(7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0)]
    assert RateWindow(50, 1.0) == TENANT


@pytest.mark.parametrize(
    ("replicas", "part"),
    [
        (1, RateWindow(7, 30.0)),
        (2, RateWindow(3, 30.0)),
        (7, RateWindow(1, 30.0)),
        (14, RateWindow(1, 60.0)),
        (8, RateWindow(1, 30.0 * 8 / 7)),
    ],
)
def test_a_replica_has_an_equal_part_rounded_down(replicas: int, part: RateWindow) -> None:
    assert RateWindow(7, 30.0).shared(replicas) == part
    assert isinstance(RateWindow(7, 30.0).shared(replicas).count, int)


def test_the_first_messages_may_leave_at_once() -> None:
    assert sent().free_at([TWO_A_SECOND]) == NEVER
    assert sent(10.0).free_at([TWO_A_SECOND]) == NEVER


def test_the_next_may_leave_when_the_window_is_over() -> None:
    assert sent(10.0, 10.4).free_at([TWO_A_SECOND]) == 11.0
    assert sent(9.0, 10.0, 10.4).free_at([TWO_A_SECOND]) == 11.0


def test_the_latest_moment_of_several_windows_counts() -> None:
    times = sent(10.0, 10.4)
    assert times.free_at([RateWindow(2, 5.0), TWO_A_SECOND]) == 15.0
    assert times.free_at([TWO_A_SECOND, RateWindow(2, 5.0)]) == 15.0


def test_a_message_in_progress_counts_in_every_window() -> None:
    times = sent(10.0)
    times.in_flight += 1
    assert times.free_at([TWO_A_SECOND]) == 11.0
    times.in_flight += 1
    assert times.free_at([TWO_A_SECOND]) is None
    assert times.free_at([RateWindow(3, 1.0)]) == 11.0
    times.in_flight += 1
    assert times.free_at([TWO_A_SECOND]) is None


def test_a_message_taken_back_does_not_count() -> None:
    times = sent(10.0, 10.4)
    times.take_back(10.4)
    assert times.free_at([TWO_A_SECOND]) == NEVER
    times.take_back(10.4)  # not there any more
    times.add(10.8)
    assert times.free_at([TWO_A_SECOND]) == 11.0


@pytest.mark.parametrize(
    ("moments", "now", "over"),
    [((), 0.0, True), ((10.0,), 10.0 + HOUR, True), ((10.0,), 9.99 + HOUR, False), ((1.0, 10.0), 5.0 + HOUR, False)],
)
def test_times_are_over_when_the_longest_window_is(moments: tuple[float, ...], now: float, over: bool) -> None:
    assert sent(*moments).over(now) is over


def test_times_are_not_over_while_a_message_is_in_progress() -> None:
    times = sent(10.0)
    times.in_flight += 1
    assert times.over(10.0 + 2 * HOUR) is False


def test_moments_that_no_window_reaches_are_forgotten() -> None:
    times = sent(*(float(second) for second in range(15)))
    times.add(3.0 + HOUR)  # the sixteenth: moments up to 3 are an hour old
    assert list(times._moments) == [*map(float, range(4, 15)), 3.0 + HOUR]


def test_moments_are_pruned_again_when_their_number_has_doubled() -> None:
    times = sent(*(float(second) for second in range(16)))
    assert len(times._moments) == 16
    for second in range(15):
        times.add(2 * HOUR + second)
    assert len(times._moments) == 31
    times.add(2 * HOUR + 15)
    assert list(times._moments) == [2 * HOUR + second for second in range(16)]
    for second in range(16):
        times.add(4 * HOUR + second)
    assert len(times._moments) == 16


def test_no_more_moments_are_kept_than_the_longest_window_counts() -> None:
    times = sent(*(number / 1000 for number in range(5_000)))
    assert CONVERSATION[-1].count <= len(times._moments) <= 2 * CONVERSATION[-1].count
    assert times.free_at([RateWindow(1800, HOUR)]) == 3.2 + HOUR
