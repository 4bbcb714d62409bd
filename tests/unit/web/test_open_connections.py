"""Tests of which connection is given up when there is no room for another one."""

from hypothesis import given
from hypothesis import strategies as st

from bot.web.connection_limits import ConnectionLimits
from bot.web.open_connections import Admission, OpenConnections, Stage

LIMITS = ConnectionLimits(most=4, per_peer=2, spare=1)


class Line:
    """A connection that remembers whether it was given up."""

    def __init__(self, peer: str) -> None:
        self.peer = peer
        self.ended = False

    def abandon(self) -> None:
        self.ended = True


def opened(connections: OpenConnections, peer: str, stage: Stage = Stage.HEAD) -> Line:
    line = Line(peer)
    assert connections.open(line) is Admission.FULL
    connections.move(line, stage)
    return line


def test_oldest_connection_without_a_request_ends_for_a_new_one() -> None:
    connections = OpenConnections(LIMITS)
    lines = [opened(connections, peer) for peer in "aabb"]
    opened(connections, "c")
    assert [line.ended for line in lines] == [True, False, False, False]
    assert len(connections) == 4
    assert connections.abandoned == 1


def test_idle_connection_ends_only_if_all_others_are_answered() -> None:
    connections = OpenConnections(LIMITS)
    idle = opened(connections, "a", Stage.NEXT)
    answered = [opened(connections, peer, Stage.ANSWER) for peer in "bbc"]
    opened(connections, "d")
    assert idle.ended
    assert not any(line.ended for line in answered)


def test_only_health_is_answered_where_all_are_busy_and_then_nothing() -> None:
    connections = OpenConnections(LIMITS)
    busy = [opened(connections, peer, Stage.ANSWER) for peer in "aabb"]
    probe = Line("c")
    assert connections.open(probe) is Admission.HEALTH_ONLY
    connections.move(probe, Stage.ANSWER)
    assert connections.open(Line("d")) is Admission.CLOSED
    connections.close(busy[0])
    connections.close(busy[1])
    assert connections.open(Line("d")) is Admission.FULL


def test_peer_at_its_limit_loses_its_own_oldest_connection() -> None:
    connections = OpenConnections(LIMITS)
    other, first = opened(connections, "b"), opened(connections, "a")
    opened(connections, "a")
    opened(connections, "a")
    assert first.ended
    assert not other.ended


def test_peer_whose_connections_are_all_answered_gets_no_more() -> None:
    connections = OpenConnections(LIMITS)
    for _ in range(2):
        opened(connections, "a", Stage.ANSWER)
    assert connections.open(Line("a")) is Admission.CLOSED
    assert connections.open(Line("b")) is Admission.FULL


def test_closing_a_connection_twice_or_uncounted_changes_nothing() -> None:
    connections = OpenConnections(LIMITS)
    line = opened(connections, "a")
    connections.close(line)
    connections.close(line)
    connections.close(Line("a"))
    connections.move(line, Stage.NEXT)
    assert len(connections) == 0
    assert connections.open(Line("a")) is Admission.FULL


def test_process_with_few_descriptors_keeps_enough_for_everything_else() -> None:
    assert ConnectionLimits.of_descriptors(256) == ConnectionLimits(most=80, per_peer=40)
    assert ConnectionLimits.of_descriptors(64).most == 16
    assert ConnectionLimits.of_descriptors(2**20).most == 4_000


@given(
    st.lists(st.tuples(st.sampled_from(["open", "move", "close"]), st.integers(0, 30), st.sampled_from(list(Stage))))
)
def test_limits_hold_and_the_count_is_right_whatever_happens(steps: list[tuple[str, int, Stage]]) -> None:
    connections = OpenConnections(LIMITS)
    lines: list[Line] = []
    counted: set[Line] = set()
    for step, number, stage in steps:
        if step == "open":
            line = Line("abc"[number % 3])
            lines.append(line)
            if connections.open(line) is not Admission.CLOSED:
                counted.add(line)
        elif lines:
            line = lines[number % len(lines)]
            if step == "move":
                connections.move(line, stage)
            else:
                connections.close(line)
                counted.discard(line)
        counted = {line for line in counted if not line.ended}
        assert len(connections) == len(counted) <= LIMITS.most + LIMITS.spare
        assert all(sum(line.peer == peer for line in counted) <= LIMITS.per_peer for peer in "abc")
