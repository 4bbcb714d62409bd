"""Whether a report adds products of one customer. Pure.

A person with two of them counts twice.

Rows of several customers are of several people, and so are workloads side by side: they are no reason for the remark.
"""

from collections.abc import Iterable, Sequence

from bot.query.reports.report_items import ReportItem
from bot.query.sums.member_label import MemberLabel
from bot.query.sums.row_sums import RowSums, add_several


def adds_products(items: Iterable[ReportItem]) -> bool:
    """Return True if products of one customer are added within a workload.

    It is so in an item, or in the total of all items.
    A row without a product id is of a product of its own, and one without a customer id of a customer of its own.
    """
    by_workload: dict[str, list[RowSums]] = {}
    for item in items:
        for each in item.sums:
            by_workload.setdefault(each.key.workload.identity, []).append(each)
    return any(_adds(every) for every in by_workload.values())


def _adds(every: Sequence[RowSums]) -> bool:
    owned = [each.owners for each in every if each.owners is not None]
    return any(each.several_products for each in every) or _of_customers(every) or add_several(owned)


def _of_customers(every: Sequence[RowSums]) -> bool:
    """Look at sums of one customer each."""
    found: dict[str, MemberLabel] = {}
    for each in every:
        if each.owners is not None or each.customer is None:
            continue
        if each.product is None:
            return True
        before = found.get(each.customer.identity)
        if before is not None and not (before.id and before.identity == each.product.identity):
            return True
        found[each.customer.identity] = each.product
    return False
