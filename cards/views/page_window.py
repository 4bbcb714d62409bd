"""Which items of a long list a card shows, and the button for the next. Pure.

A card first grows: it shows the items before and the next ones. When they do not fit any more, the next items replace
those that were shown, so that every item can be reached.
"""

from dataclasses import dataclass, replace

from cards.views.button_payload import MoreButton
from cards.views.payload_values import ROWS_LIMIT


@dataclass(frozen=True, slots=True)
class PageWindow:
    """Positions in a list, from 0.

    A view holds the items from `base` to `end`; those from `fresh` are new.
    """

    base: int
    fresh: int
    end: int


def window(total: int, rows: int, start: int, most: int) -> PageWindow:
    """Return the window of a button that asks for the items up to `rows`.

    Those from `start` are new. `most` is the largest number of items that a card tries to show.
    """
    fresh = start if 0 <= start < min(total, rows) else 0
    base = 0 if rows <= most else fresh
    return PageWindow(base, fresh, min(total, rows))


def skipped(start: int, fresh: int, held: int) -> int:
    """Return how many of the `held` items of a view were shown before.

    The first of them has position `start`.
    """
    return min(max(fresh - start, 0), max(held - 1, 0))


def next_page(more: MoreButton | None, first: int, end: int, total: int, *, step: int, most: int) -> MoreButton | None:
    """Return the button for the items after `end`; None if there are none.

    `first` is the position of the first item on the card: while it is 0, the card may still grow by `step`.
    """
    if more is None or end >= total:
        return None
    grown = first == 0 and end + step <= most
    return replace(more, rows=min(end + (step if grown else most), ROWS_LIMIT), start=end)


def first_page(more: MoreButton | None, first: int, *, step: int) -> MoreButton | None:
    """Return the button back to the start; None if the card shows the start."""
    return None if more is None or not first else replace(more, rows=step, start=0)
