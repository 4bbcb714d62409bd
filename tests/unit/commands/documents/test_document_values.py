"""Values of a document that contradict themselves are refused, with what is wrong."""

import pytest
from msgspec import UNSET, UnsetType

from bot.commands.command import Usage
from bot.commands.command_document import read_object, write_object
from bot.commands.documents.document_values import (
    OrderDocument,
    ShareDocument,
    _read_order,
    _read_share,
)
from bot.commands.documents.schedule_document import ScheduleDocument, read_schedule
from bot.commands.list_shape import ORDERS
from bot.query.filters.share_filter import TopBottom


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


@pytest.mark.parametrize("order", [each for each in ORDERS.values() if each is not None])
def test_every_order_that_a_card_offers_can_be_read_back(order: TopBottom) -> None:
    assert read_object(write_object(Usage(order=order))) == Usage(order=order)
