"""Values of a document that contradict themselves are refused, with what is wrong."""

import pytest
from msgspec import UNSET, UnsetType

from bot.commands.document_values import (
    OrderDocument,
    ShareDocument,
    _read_order,
    _read_share,
)
from bot.commands.schedule_document import ScheduleDocument, read_schedule


@pytest.mark.parametrize(
    "share", [ShareDocument(), ShareDocument(above=0.1, at_least=0.2), ShareDocument(below=0.1, at_most=0.2)]
)
def test_share_has_one_bound_on_a_side(share: ShareDocument) -> None:
    with pytest.raises(ValueError, match=r"^no share, or two bounds on one side$"):
        _read_share(share)


@pytest.mark.parametrize("order", [OrderDocument(), OrderDocument(top=1, bottom=1)])
def test_order_is_either_of_the_top_or_of_the_bottom(order: OrderDocument) -> None:
    with pytest.raises(ValueError, match=r"^neither top nor bottom, or both$"):
        _read_order(order)


@pytest.mark.parametrize(
    ("days", "why"),
    [(UNSET, "not the keys of one kind of schedule"), ([0, 1], "a single time with a time of day, or no time of day")],
)
def test_schedule_has_days_and_a_time_of_day(days: list[int] | UnsetType, why: str) -> None:
    with pytest.raises(ValueError, match=f"^{why}$"):
        read_schedule(ScheduleDocument(days=days))
