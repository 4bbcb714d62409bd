"""Rows that the tests of sums add."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.domain.licensing import Dimension, UsageRow
from bot.query.sums.grouped_sums import GroupedSums
from bot.query.sums.processed_day import DayReader
from bot.query.sums.row_sums import RowSums
from bot.query.sums.sums_by_customer import SumsByCustomer
from bot.query.sums.sums_of_all import SumsOfAll

DAY = date(2018, 10, 14)
# Both ways of adding rows, with the dimensions that such a report is listed by.
WAYS = [(SumsOfAll, ()), (SumsByCustomer, (Dimension.CUSTOMER,))]


def row(customer_id: str | None = "A", active: int | None = 1, qualified: int | None = 3, **other: Any) -> UsageRow:
    values: dict[str, Any] = {
        "customer_id": customer_id,
        "customer": "Adatum",
        "workload_code": "EXO",
        "workload": "Mail",
        "service_code": "o365",
        "service": "Office",
        "product_id": "E3",
        "product": "Plan",
        "channel": "Direct",
        "processed": "2018-10-14",
        "licenses_active": active,
        "qualified": qualified,
    }
    return UsageRow(**values | other)


def added(
    way: tuple[type[GroupedSums], Sequence[Dimension]], *pages: Sequence[UsageRow], kept: bool = False
) -> GroupedSums:
    """Add pages of rows."""
    kind, by = way
    found = kind(by, DayReader(), kept=kept)
    for page in pages:
        found.add(page)
    return found


def every_sum(found: GroupedSums) -> list[RowSums]:
    return [each for _, sums in found.sums() for each in sums]
