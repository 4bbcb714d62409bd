"""Rows -> sums for a report that is not listed by customer. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension, UsageRow
from bot.query.sums.folded_texts import label_of
from bot.query.sums.grouped_sums import GroupedSums
from bot.query.sums.member_label import MemberLabel
from bot.query.sums.processed_day import DayReader
from bot.query.sums.row_kinds import RowKind, SumKey
from bot.query.sums.row_sums import NO_PRODUCT, RowSums, add_several

# Customers that are remembered by the spelling of their id. Those of a page usually come together.
SPELLED_LIMIT = 2_000
# Owners of one product that are compared after each page.
OWNERS_COMPARED = 500
# Products of one sum. With more, which no service has, it is not known that no customer has two.
PRODUCTS_LIMIT = 10_000


class SumsOfAll(GroupedSums):
    """The sums over all customers."""

    def __init__(self, by: Sequence[Dimension], days: DayReader, *, kept: bool = False) -> None:
        super().__init__(by, days, kept=kept)
        self._sums: dict[SumKey, RowSums] = {}
        self._open: set[RowSums] = set()  # the sums that remember owners
        self._spelled: dict[str | None, tuple[str, int, bool]] = {}

    def sums(self) -> Iterator[tuple[MemberLabel | None, Sequence[RowSums]]]:
        self._kinds.customers()  # else the owners lack the last rows
        yield None, tuple(self._sums.values())

    @property
    def empty(self) -> bool:
        return not self._sums

    def add(self, rows: Sequence[UsageRow]) -> None:
        """Add rows, see `GroupedSums`.

        This loop is written for speed, as that of `SumsByCustomer`. What the rows of a kind have in common is compared
        once for each kind.
        """
        kinds = self._kinds
        usual_kinds, no_kind = kinds.usual, kinds.none
        kind = no_kind
        customer_id: Any = self  # equal to no id, so the first row sets what is known of its customer
        for row in rows:
            following = kind.next
            if (
                row.product_id != following.product_id or row.workload_code != following.workload_code
                or row.channel != following.channel_id
            ):  # fmt: skip
                following = kind.next = usual_kinds.get((row.workload_code, row.channel, row.product_id), no_kind)
            kind = following
            if (
                row.product != kind.product_name or row.processed != kind.processed or row.workload != kind.workload
                or row.service_code != kind.service_code or row.service != kind.service
            ):  # fmt: skip
                kind = kinds.of(row)
            if row.customer_id != customer_id:
                identity, mark, has_id = self._customer(row, kind)
                # A row without a customer id is of a customer of its own, whatever the next row says.
                customer_id = row.customer_id if has_id else self
            kind.rows.append(mark)
            active = row.licenses_active if row.licenses_active is not None else row.license_active
            qualified = row.qualified
            if active is None or qualified is None or not kind.readable:
                self._leave_out(row, kind)
                continue
            sums = kind.sums or self._odd(kind, identity, mark)
            sums.active += active
            sums.qualified += qualified
            if qualified > active:  # per row: what is beyond in another row does not use up what is unused here
                sums.unused += qualified - active
            if (known := sums.customer) is not None:
                sums.customer = known.respelled(row.customer_id, row.customer) if known.identity == identity else None

    def _odd(self, kind: RowKind, identity: str, owner: int) -> RowSums:
        """Return the sums to which a row is added that is the first of its kind, or has no product id.

        `identity` and `owner` are that of its customer, and its hash.
        """
        key = self._kinds.key(kind)
        sums = self._sums.get(key)
        if sums is None:
            label = MemberLabel(identity, "", "")  # `add` spells it
            sums = self._sums[key] = RowSums(key, label, kind.product, kind.channel, {})
            self._open.add(sums)
        else:
            # Without an id, the product may be another one than that of any row before.
            sums.product = sums.product.met(kind.product) if sums.product and kind.product.id else None
            sums.channel = sums.channel and sums.channel.met(kind.channel)
        if kind.product.id:
            kind.sums = sums
            if sums.owners is not None:
                kind.owners = sums.owners.setdefault(hash(kind.product.identity), [])
        elif sums.owners is not None:
            sums.owners.setdefault(NO_PRODUCT, [[]])[0].append(owner)
        return sums

    def customers(self) -> dict[int, list[Sequence[int]]]:
        found = super().customers()
        self._close()
        return found

    def _close(self) -> None:
        """Stop remembering owners where it is known that products of one customer are added.

        Most answers show it among their first rows. `adds_products` looks at the rest.
        """
        for sums in tuple(self._open):
            owners = sums.owners or {}
            first = {product: [parts[0][:OWNERS_COMPARED]] for product, parts in owners.items() if parts}
            if (len(first) > 1 and add_several([first])) or len(first) > PRODUCTS_LIMIT:
                sums.owners, sums.several_products = None, True
                self._kinds.forget_owners(sums)
                self._open.discard(sums)

    def _customer(self, row: UsageRow, kind: RowKind) -> tuple[str, int, bool]:
        """Return the identity of a row's customer, its hash, and whether it has an id."""
        found = self._spelled.get(row.customer_id)
        if found is None:
            identity = folded_id(row.customer_id)
            if not identity:
                # A row with the same content may be the same row; but it is no other row of this customer.
                self._set_apart(kind, hash(label_of(None, row.customer).identity))
                identity = self._own_identity()
                return identity, hash(identity), False
            if len(self._spelled) >= SPELLED_LIMIT:
                self._spelled.clear()
            found = self._spelled[row.customer_id] = identity, hash(identity), True
        return found
