"""Rows -> sums for a report that is listed by customer. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any, Never

from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension, UsageRow
from bot.query.sums.folded_texts import label_of
from bot.query.sums.grouped_sums import GroupedSums
from bot.query.sums.member_label import MemberLabel
from bot.query.sums.processed_day import DayReader
from bot.query.sums.repeated_rows import RowsKeptError
from bot.query.sums.row_kinds import RowKind, SumKey
from bot.query.sums.row_sums import RowSums

# Active, qualified, unused; the product and the channel that all rows have, None if they have several. There are as
# many of these as customers times workloads: a list is made and changed in half the time of an object.
Sums = list[Any]

# Customers that are remembered by the spelling of their id.
SPELLED_LIMIT = 20_000


class _Customer:
    """A customer and its sums. Rows with the same `mark` may be of the same customer."""

    __slots__ = ("has_id", "identity", "label", "mark", "sums")

    def __init__(self, identity: str, mark: int, sums: dict[SumKey, Sums], *, has_id: bool = True) -> None:
        self.identity = identity
        self.label: MemberLabel | None = None  # its texts are those of the rows that count
        self.has_id = has_id
        self.mark = mark
        self.sums = sums


class SumsByCustomer(GroupedSums):
    """The sums of each customer."""

    def __init__(self, by: Sequence[Dimension], days: DayReader, *, kept: bool = False) -> None:
        super().__init__(by, days, kept=kept)
        self._customers: dict[str, _Customer] = {}
        self._spelled: dict[str | None, _Customer] = {}

    def sums(self) -> Iterator[tuple[MemberLabel | None, Sequence[RowSums]]]:
        for customer in self._customers.values():
            if customer.label is None:
                continue
            every = []
            for key, (active, qualified, unused, product, channel) in customer.sums.items():
                sums = RowSums(key, customer.label, product, channel)
                sums.active, sums.qualified, sums.unused = active, qualified, unused
                every.append(sums)
            yield customer.label, every

    @property
    def empty(self) -> bool:
        return not any(customer.sums for customer in self._customers.values())

    def add(self, rows: Sequence[UsageRow]) -> None:  # noqa: C901
        """Add rows, see `GroupedSums`.

        This loop is written for speed, and calls nothing for a usual row. What is the same for many rows is looked up;
        rows of one customer usually come together.
        """
        kinds = self._kinds
        usual_kinds, no_kind = kinds.usual, kinds.none
        kind = no_kind
        customer_id: Any = self  # equal to no id, so the first row sets what is known of its customer
        name: Any
        sums_of: Any
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
                customer = self._customer(row)
                mark, sums_of = customer.mark, customer.sums
                # A row without a customer id is of a customer of its own, whatever the next row says.
                customer_id, name = row.customer_id if customer.has_id else self, self
            kind.rows.append(mark)
            active = row.licenses_active if row.licenses_active is not None else row.license_active
            qualified = row.qualified
            if active is None or qualified is None or not kind.readable:
                self._leave_out(row, kind)
                continue
            if row.customer != name:
                name = row.customer
                label = customer.label or MemberLabel(customer.identity, "", "")
                customer.label = label.respelled(row.customer_id, name)
            # Per row: what is beyond in another row does not use up what is unused here.
            unused = qualified - active if qualified > active else 0
            key = kind.key
            sums = sums_of.get(key)
            if sums is not None:
                sums[0] += active
                sums[1] += qualified
                sums[2] += unused
                if (known := sums[3]) is not kind.product and known is not None:
                    sums[3] = known.met(kind.product)
                if (known := sums[4]) is not kind.channel and known is not None:
                    sums[4] = known.met(kind.channel)
            elif key is not None:
                sums_of[key] = [active, qualified, unused, kind.product, kind.channel]
            else:
                self._add_odd(customer, kind, active, qualified, unused)

    def _add_odd(self, customer: _Customer, kind: RowKind, active: int, qualified: int, unused: int) -> None:
        """Add a row that is the first of its kind, or has no product id."""
        key = self._kinds.key(kind)
        sums = customer.sums.get(key)
        if sums is None:
            customer.sums[key] = [active, qualified, unused, kind.product, kind.channel]
            return
        sums[:3] = sums[0] + active, sums[1] + qualified, sums[2] + unused
        # Without an id, the product may be another one than that of any row before.
        sums[3] = sums[3].met(kind.product) if sums[3] and kind.product.id else None
        sums[4] = sums[4] and sums[4].met(kind.channel)

    def _customer(self, row: UsageRow) -> _Customer:
        """Return the customer of a row. Without an id, it has no other row."""
        found = self._spelled.get(row.customer_id)
        if found is None:
            identity = folded_id(row.customer_id)
            if not identity:
                return self._customer_of_its_own(row)
            found = self._customers.get(identity)
            if found is None:
                found = self._customers[identity] = _Customer(identity, hash(identity), {})
            if len(self._spelled) >= SPELLED_LIMIT:
                self._spelled.clear()
            self._spelled[row.customer_id] = found
        return found

    def _customer_of_its_own(self, row: UsageRow) -> _Customer:
        identity = self._own_identity()
        mark = hash(label_of(None, row.customer).identity)
        found = _Customer(identity, mark, {} if self._kept else _Refused(), has_id=False)
        if self._kept:
            self._customers[identity] = found
            self.alone[id(row)] = identity
        return found


class _Refused(dict[SumKey, Sums]):
    """Takes the place of the sums of a customer without an id."""

    def get(self, *_: object) -> Never:
        raise RowsKeptError("a row has no customer id")
