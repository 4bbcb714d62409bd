"""Changes of figures: each is listed once, none is left out, all are symmetric."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.digests.content.previous_totals import ITEMS, PreviousTotals, TotalItem
from bot.digests.content.share_changes import ShareChange, ShareChanges, changes
from bot.domain.figures import LicenseFigures, Licenses, WorkloadLicenses
from bot.domain.licensing import Dimension, Entry
from tests.shown_figures import of

COUNT = st.one_of(st.just(0), st.integers(0, 50), st.integers(0, 2**53))
LICENSES = st.builds(Licenses.of, COUNT, COUNT)
WORST = st.builds(
    WorkloadLicenses, st.sampled_from([Entry(Dimension.WORKLOAD, id_, id_) for id_ in ("EXO", "TEAMS")]), LICENSES
)
SHARES = st.builds(LicenseFigures, LICENSES, st.none() | WORST)
# Few keys, so that the same item is often on both sides. Its name is the key, so that a change can be traced.
KEYS = st.sampled_from([f"key {number}" for number in range(8)])


@st.composite
def totals(draw: st.DrawFn) -> PreviousTotals:
    shares = draw(st.dictionaries(KEYS, SHARES))
    items = {key: TotalItem(key, share) for key, share in shares.items()}
    total = LicenseFigures(sum((each.sums for each in shares.values()), Licenses()))
    days = draw(st.dictionaries(st.sampled_from(["Exchange", "Teams"]), st.dates(date(2018, 10, 1), date(2018, 10, 3))))
    return PreviousTotals(("customer",), items, len(items), total, days)


def found(before: PreviousTotals, now: PreviousTotals) -> ShareChanges:
    result = changes(before, now)
    assert result is not None
    return result


def groups(result: ShareChanges) -> list[tuple[str, ...]]:
    kinds = (result.idle, result.adopted, result.moves, result.came, result.gone)
    return [tuple(change.name for change in kind) for kind in kinds]


@given(totals())
def test_equal_figures_have_no_changes(figures: PreviousTotals) -> None:
    result = found(figures, figures)
    assert groups(result) == [()] * 5
    assert result.total_before == figures.total
    assert result.same_day == bool(figures.days)


@given(totals(), totals())
def test_every_changed_item_is_listed_once_and_no_other(before: PreviousTotals, now: PreviousTotals) -> None:
    told = [name for group in groups(found(before, now)) for name in group]
    every = before.items.keys() | now.items.keys()
    assert sorted(told) == sorted(key for key in every if before.items.get(key) != now.items.get(key))


@given(totals(), totals())
def test_changes_are_reversed_when_the_figures_are_swapped(before: PreviousTotals, now: PreviousTotals) -> None:
    there, back = found(before, now), found(now, before)
    for one, other in ((there.idle, back.adopted), (there.adopted, back.idle), (there.moves, back.moves),
                       (there.came, back.gone), (there.gone, back.came)):  # fmt: skip
        assert [(change.name, change.before, change.after) for change in one] == [
            (change.name, change.after, change.before) for change in other
        ]


@given(totals(), totals())
def test_changes_add_up_to_the_change_of_the_total(before: PreviousTotals, now: PreviousTotals) -> None:
    result = found(before, now)
    active = qualified = 0
    for change in (*result.idle, *result.adopted, *result.moves, *result.came, *result.gone):
        earlier, later = change.before or of(0, 0), change.after or of(0, 0)
        active += later.sums.active - earlier.sums.active
        qualified += later.sums.qualified - earlier.sums.qualified
    assert now.total is not None
    assert result.total_before is not None
    assert (active, qualified) == (
        now.total.sums.active - result.total_before.sums.active,
        now.total.sums.qualified - result.total_before.sums.qualified,
    )


@given(totals(), totals())
def test_each_list_holds_its_kind_and_the_largest_change_is_first(before: PreviousTotals, now: PreviousTotals) -> None:
    result = found(before, now)
    assert all(change.before and change.before.sums.active and not change.after.sums.active for change in result.idle
               if change.after)  # fmt: skip
    assert all(change.after and change.after.sums.active and not change.before.sums.active for change in result.adopted
               if change.before)  # fmt: skip
    for kind in (result.idle, result.adopted, result.moves):
        moved = [abs(_active(change)) for change in kind if change.before and change.after]
        assert len(moved) == len(kind)
        assert moved == sorted(moved, reverse=True)


def _active(change: ShareChange) -> int:
    """Return the change that counts: of the workload that both name, none if they name different ones."""
    assert change.before
    assert change.after
    worsts = change.before.worst, change.after.worst
    if worsts[0] and worsts[1] and worsts[0].workload != worsts[1].workload:
        return 0
    return change.after.counts.active - change.before.counts.active


@given(totals())
def test_figures_are_equal_after_packing_and_unpacking(figures: PreviousTotals) -> None:
    assert PreviousTotals.unpack(figures.pack()) == _as_kept(figures)


def _as_kept(figures: PreviousTotals) -> PreviousTotals:
    """Return the figures as they are stored: a sum is limited to 2**53."""
    assert figures.total is not None
    sums = figures.total.sums
    kept = Licenses(min(sums.active, 2**53), min(sums.qualified, 2**53), min(sums.unused, 2**53))
    return PreviousTotals(figures.by, figures.items, figures.matched, LicenseFigures(kept), figures.days)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=10), inner, max_size=4)),
    max_leaves=10,
)


@given(st.one_of(st.binary(max_size=200), JSON.map(lambda value: json.dumps(value).encode())))
def test_unpack_returns_none_when_bytes_were_not_packed(data: bytes) -> None:
    assert PreviousTotals.unpack(data) is None


@given(totals(), st.integers(0, 200), st.binary(max_size=3))
def test_unpack_raises_no_error_when_bytes_are_damaged(figures: PreviousTotals, at: int, junk: bytes) -> None:
    packed = figures.pack()
    damaged = PreviousTotals.unpack(packed[:at] + junk + packed[at + len(junk) :])
    if damaged is not None:
        assert changes(damaged, figures) is None or len(damaged.items) <= ITEMS
