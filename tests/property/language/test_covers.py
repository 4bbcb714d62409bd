"""The covers of a sentence are the cheapest ones, whatever the marks."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.language.marking.costs import Costs
from bot.language.marking.cover import MOST, covers
from bot.language.marking.expectations import NOTHING, Expectations
from bot.language.marking.mark_stream import SILENT
from bot.language.marking.marks import Mark
from bot.language.marking.pieces import pieces
from bot.language.text.message_text import plain

COSTS = Costs.load()
TABLE = Expectations.of(COSTS)
PIECES = pieces(plain("one two three four five"))
KINDS = st.sampled_from(["dim", "number", "cmp", "prep", "filler", "article", "share", "to"])
VALUES = st.sampled_from(["a", "b", "customer"])
CHEAP = st.integers(0, 40).map(lambda cents: cents / 100)
MARKS = st.lists(
    st.integers(0, 4).flatmap(
        lambda start: st.builds(Mark, st.just(start), st.integers(start + 1, 5), KINDS, VALUES, CHEAP)
    ),
    max_size=8,
)


def every_cover(found, at=0, state=NOTHING):
    """Yield every way to explain the words, and what it costs."""
    if at == len(PIECES):
        yield (), 0.0
        return
    for mark in (*found[at], Mark(at, at + 1, "unknown", PIECES[at].text, 1.0)):
        for rest, cost in every_cover(found, mark.end, TABLE.after(state, mark)):
            yield (mark, *rest), cost + mark.cost + TABLE.fit(state, mark)


def beginning(marks):
    return [[mark for mark in marks if mark.start == at] for at in range(len(PIECES))]


@given(MARKS)
def test_first_cover_is_the_cheapest_and_the_others_follow_in_order(marks):
    made = list(covers(PIECES, beginning(marks), COSTS, margin=0.5))
    assert abs(made[0].cost - min(cost for _, cost in every_cover(beginning(marks)))) < 1e-9
    assert len(made) <= MOST
    assert all(one.cost <= next_.cost + 1e-9 for one, next_ in pairwise(made))
    assert all(each.cost <= made[0].cost + 0.5 + 1e-9 for each in made)


@given(MARKS)
def test_every_cover_explains_each_word_once_for_its_cost(marks):
    for cover in covers(PIECES, beginning(marks), COSTS, margin=0.5):
        assert [mark.start for mark in cover.marks] == [0, *(mark.end for mark in cover.marks)][:-1]
        assert cover.marks[-1].end == len(PIECES)
        same = [cost for ways, cost in every_cover(beginning(marks)) if ways == cover.marks]
        assert min(abs(cost - cover.cost) for cost in same) < 1e-9


@given(MARKS)
def test_second_cover_is_the_cheapest_with_another_meaning(marks):
    first, *others = covers(PIECES, beginning(marks), COSTS, margin=0.5)
    meant = [(mark.kind, mark.value) for mark in first.marks if mark.kind not in SILENT]
    different = [
        cost
        for ways, cost in every_cover(beginning(marks))
        if any(mark.kind not in SILENT and mark not in first.marks for mark in ways)
        and [(mark.kind, mark.value) for mark in ways if mark.kind not in SILENT] != meant
    ]
    nearest = min(different, default=9.0)
    if nearest < first.cost + 0.49:
        assert abs(others[0].cost - nearest) < 1e-9
