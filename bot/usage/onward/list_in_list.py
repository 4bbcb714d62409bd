"""A list that is the answer about a row of another list. Pure.

Customers, the workloads of one, the products of one of these: each list leads back to the one around it.
"""

from dataclasses import replace

from cards.views.button_payload import DEEPEST, MoreButton, RowButton
from cards.views.usage_views import UsageView


def back_to(row: RowButton) -> MoreButton:
    """Return the button that leads back to the list of `row`."""
    return MoreButton(row.command, row.rows, row.start, row.up)


def within(view: UsageView, row: RowButton) -> UsageView:
    """Return the answer about `row` with the way back to its list.

    Every card that it leads to has the way, too.
    """
    up = _kept(row, DEEPEST)
    items = tuple(
        replace(item, open=replace(item.open, up=up)) if isinstance(item.open, RowButton) else item
        for item in view.items
    )
    more = view.more and replace(view.more, up=up)
    return replace(
        view, items=items, more=more, reshape=view.reshape and replace(view.reshape, up=up), back=back_to(row)
    )


def _kept(row: RowButton, deepest: int) -> RowButton:
    """Return the row with as many lists around it as a button has room for."""
    if row.up is None or deepest <= 1:
        return replace(row, up=None)
    return replace(row, up=_kept(row.up, deepest - 1))
