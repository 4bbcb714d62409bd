"""The sums of rows, and what all of them have in common. Pure."""

from collections.abc import Iterable, MutableSequence

from bot.query.sums.member_label import MemberLabel
from bot.query.sums.row_kinds import SumKey

# Of each product (by a hash) the customers (by a hash) that have it, in parts: eight bytes for a row.
Owners = dict[int, list[MutableSequence[int]]]
# In place of the hash, for rows without a product id: each is of a product of its own.
NO_PRODUCT = 0


class RowSums:
    """The sums of rows that have one `key`, of one customer or of all.

    `customer`, `product` and `channel` are what all rows have, None if they have several. `owners` is None
    if the rows are of one customer, or if `several_products`: it is known that products of one customer are added here.
    """

    __slots__ = (
        "active", "channel", "customer", "key", "owners", "product", "qualified", "several_products", "unused"
    )  # fmt: skip

    def __init__(
        self,
        key: SumKey,
        customer: MemberLabel,
        product: MemberLabel | None,
        channel: MemberLabel | None,
        owners: Owners | None = None,
    ) -> None:
        self.key = key
        self.customer: MemberLabel | None = customer
        self.product = product
        self.channel = channel
        self.owners = owners
        self.several_products = False
        self.active = self.qualified = self.unused = 0


def add_several(owners: Iterable[Owners]) -> bool:
    """Return True if a customer has two products."""
    every: dict[int, set[int]] = {}
    for each in owners:
        for product, parts in each.items():
            known = every.setdefault(product, set())
            before = len(known)
            known.update(*parts)
            if product == NO_PRODUCT and len(known) - before < sum(map(len, parts)):
                return True
    seen: set[int] = set()
    for customers in every.values():
        if not seen.isdisjoint(customers):
            return True
        seen |= customers
    return False
