"""The algebra of figures: what holds for any rows, in any order and any grouping."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures import Licenses

COUNT = st.integers(0, 12) | st.integers(0, 2**53)
ROWS = st.lists(st.tuples(COUNT, COUNT), max_size=20)


def summed(rows: list[tuple[int, int]]) -> Licenses:
    return sum((Licenses.of(active, qualified) for active, qualified in rows), Licenses())


@given(ROWS, st.randoms())
def test_sum_does_not_depend_on_the_order(rows, chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    assert summed(shuffled) == summed(rows)


@given(ROWS, ROWS)
def test_sum_of_the_parts_is_the_sum_of_the_whole(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    assert summed(one) + summed(other) == summed(one + other)


@given(ROWS)
def test_unused_and_used_are_what_is_qualified(rows: list[tuple[int, int]]) -> None:
    found = summed(rows)
    assert found.used == sum(min(active, qualified) for active, qualified in rows)
    assert found.unused + found.used == found.qualified == sum(qualified for _, qualified in rows)
    assert found.used + found.beyond == found.active == sum(active for active, _ in rows)
    assert found.beyond == sum(max(active - qualified, 0) for active, qualified in rows)


@given(ROWS)
def test_share_is_at_most_1_and_its_percentage_tells_the_extremes(rows: list[tuple[int, int]]) -> None:
    found = summed(rows)
    if not found.qualified:
        assert found.share is None
        assert found.percent is None
        return
    assert found.share is not None
    assert found.percent is not None
    assert 0 <= found.share <= 1
    assert (found.percent == 100) == (found.unused == 0)
    assert (found.percent == 0) == (found.used == 0)
    assert abs(found.percent - 100 * found.share) <= 1
