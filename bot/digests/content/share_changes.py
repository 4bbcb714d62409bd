"""Compare the figures of a digest with those of its last run. Pure."""

from collections.abc import Iterable, Set
from dataclasses import dataclass

from bot.digests.content.previous_totals import NO_ID, PreviousTotals, TotalItem
from bot.domain.figure_changes import compared_counts, unchanged
from bot.domain.figures import LicenseFigures


@dataclass(frozen=True, slots=True)
class ShareChange:
    """The change of one item.

    `before` is None if the item was not in the earlier answer, `after` is None if it is not in the new one. `key` is
    that of `PreviousTotals`.
    """

    name: str
    before: LicenseFigures | None
    after: LicenseFigures | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class ShareChanges:
    """Every item that has changed, in exactly one list, the largest change first.

    `idle` were in use and no longer are; `adopted` are in use and were not; `moves` changed in any other way. `came`
    and `gone` are in one of the two answers only: if the question picks its rows by a percentage, this does not mean
    that a customer was won or lost. `same_day`: no service has newer figures than before. `total_before` is
    None if the earlier figures are not known any more: then only `came` and `gone` are compared. `certain` is False if
    either answer leaves something out. What has unknown rows in one of them is in no list.
    """

    idle: tuple[ShareChange, ...]
    adopted: tuple[ShareChange, ...]
    moves: tuple[ShareChange, ...]
    came: tuple[ShareChange, ...]
    gone: tuple[ShareChange, ...]
    total_before: LicenseFigures | None
    matched_before: int
    same_day: bool
    certain: bool = True


def changes(before: PreviousTotals | None, now: PreviousTotals) -> ShareChanges | None:
    """Return the changes; None if there are no comparable earlier totals."""
    if before is None or not before.compares_with(now):
        return None
    idle: list[ShareChange] = []
    adopted: list[ShareChange] = []
    moves: list[ShareChange] = []
    unknown = before.unknown | now.unknown
    for key, item in now.items.items():
        earlier = None if key in unknown else before.items.get(key)
        if earlier is None or earlier.figures is None or item.figures is None or key.startswith(NO_ID):
            continue
        if unchanged(earlier.figures, item.figures):
            continue
        change = ShareChange(item.name, earlier.figures, item.figures, key)
        if not item.figures.sums.active and earlier.figures.sums.active:
            idle.append(change)
        elif item.figures.sums.active and not earlier.figures.sums.active:
            adopted.append(change)
        else:
            moves.append(change)
    # If a list was cut or has gaps, items that are not in it are unknown. They must not be reported as new or gone.
    some_before, some_now = before.cut or not before.whole, now.cut or not now.whole
    absent = {} if some_before else _only_in(now, before, unknown)
    came = [ShareChange(item.name, None, item.figures, key) for key, item in absent.items()]
    left = {} if some_now else _only_in(before, now, unknown)
    gone = [ShareChange(item.name, item.figures, None, key) for key, item in left.items()]
    return ShareChanges(
        idle=_weightiest_first(idle),
        adopted=_weightiest_first(adopted),
        moves=_weightiest_first(moves),
        came=_weightiest_first(came),
        gone=_weightiest_first(gone),
        total_before=before.total,
        matched_before=before.matched,
        same_day=bool(now.days) and before.days == now.days,
        certain=before.certain and now.certain,
    )


def _only_in(one: PreviousTotals, other: PreviousTotals, unknown: Set[str]) -> dict[str, TotalItem]:
    absent = one.items.keys() - other.items.keys() - unknown
    return {key: item for key, item in one.items.items() if key in absent and not key.startswith(NO_ID)}


def _weightiest_first(found: Iterable[ShareChange]) -> tuple[ShareChange, ...]:
    """Sort by how many licenses came into or went out of use, then by the percentage this is of those in use."""
    return tuple(sorted(found, key=_weight))


def _weight(change: ShareChange) -> tuple[int, float, int, str]:
    before, after = compared_counts(change.before or LicenseFigures(), change.after or LicenseFigures())
    moved = abs(after.active - before.active)
    base = max(before.active, after.active)
    return -moved, -moved / base if base else 0.0, -abs(after.qualified - before.qualified), change.name
