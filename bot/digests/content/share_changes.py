"""What became of a digest's figures since the last one. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.digests.content.previous_totals import PreviousTotals, TotalItem
from bot.domain.licensing import Share


@dataclass(frozen=True, slots=True)
class ShareChange:
    """What became of one item; `before` or `after` is None where it was not, or is no longer, in the answer."""

    name: str
    before: Share | None
    after: Share | None


@dataclass(frozen=True, slots=True)
class ShareChanges:
    """Every item that is not as it was, each in one place, the weightiest first.

    `idle` were in use and are not any more, `adopted` the other way round, `moves` changed in any other way. `came` and
    `gone` are in one of the two answers only: of a question that picks its rows by their share this says nothing about
    what became of them. `same_day`: no service was counted anew.
    """

    idle: tuple[ShareChange, ...]
    adopted: tuple[ShareChange, ...]
    moves: tuple[ShareChange, ...]
    came: tuple[ShareChange, ...]
    gone: tuple[ShareChange, ...]
    total_before: Share
    matched_before: int
    same_day: bool


def changes(before: PreviousTotals | None, now: PreviousTotals) -> ShareChanges | None:
    """What became of the figures; None where there is nothing they could be compared with."""
    if before is None or before.by != now.by:
        return None
    idle: list[ShareChange] = []
    adopted: list[ShareChange] = []
    moves: list[ShareChange] = []
    for key, item in now.items.items():
        earlier = before.items.get(key)
        if earlier is None or earlier.share == item.share:
            continue
        change = ShareChange(item.name, earlier.share, item.share)
        if not item.share.active and earlier.share.active:
            idle.append(change)
        elif item.share.active and not earlier.share.active:
            adopted.append(change)
        else:
            moves.append(change)
    # Of a list that was cut nobody knows what else was on it.
    came = [] if before.cut else [ShareChange(item.name, None, item.share) for item in _only_in(now, before)]
    gone = [] if now.cut else [ShareChange(item.name, item.share, None) for item in _only_in(before, now)]
    return ShareChanges(
        idle=_weightiest_first(idle),
        adopted=_weightiest_first(adopted),
        moves=_weightiest_first(moves),
        came=_weightiest_first(came),
        gone=_weightiest_first(gone),
        total_before=before.total,
        matched_before=before.matched,
        same_day=bool(now.days) and before.days == now.days,
    )


def _only_in(one: PreviousTotals, other: PreviousTotals) -> list[TotalItem]:
    return [item for key, item in one.items.items() if key not in other.items]


def _weightiest_first(found: Iterable[ShareChange]) -> tuple[ShareChange, ...]:
    """By licenses that came into use or fell out of it; then by what share of those in use they are."""
    return tuple(sorted(found, key=_weight))


def _weight(change: ShareChange) -> tuple[int, float, int, str]:
    before, after = change.before or Share(0, 0), change.after or Share(0, 0)
    moved = abs(after.active - before.active)
    base = max(before.active, after.active)
    return -moved, -moved / base if base else 0.0, -abs(after.qualified - before.qualified), change.name
