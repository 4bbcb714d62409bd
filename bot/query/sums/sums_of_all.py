"""Rows -> sums for a report that is not listed by customer. Pure."""

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension, UsageRow
from bot.query.sums.folded_texts import label_of
from bot.query.sums.grouped_sums import SPELLED_LIMIT, GroupedSums, respelled
from bot.query.sums.member_label import MemberLabel
from bot.query.sums.processed_day import DayReader
from bot.query.sums.row_kinds import RowKind, SumKey
from bot.query.sums.row_sums import RowSums, add_several

# Owners of one sum that are compared while rows are added.
OWNERS_COMPARED = 4_000


class SumsOfAll(GroupedSums):
    """The sums over all customers."""

    def __init__(self, by: Sequence[Dimension], days: DayReader, *, kept: bool = False) -> None:
        super().__init__(by, days, kept=kept)
        self._sums: dict[SumKey, RowSums] = {}
        self._open: dict[RowSums, list[RowKind]] = {}  # the sums that remember owners, with their kinds
        self._spelled: dict[str | None, tuple[str, int, bool]] = {}

    def sums(self) -> Iterator[tuple[MemberLabel | None, Sequence[RowSums]]]:
        yield None, tuple(self._sums.values())

    @property
    def empty(self) -> bool:
        return not self._sums

    def add(self, rows: Sequence[UsageRow]) -> list[int]:
        """Add rows, see `GroupedSums`.

        This loop is written for speed, as that of `SumsByCustomer`. What the rows of a kind have in common is compared
        once for each kind.
        """
        kinds = self._kinds
        usual_kinds = kinds.usual
        customer_id: Any = self  # equal to no id
        identity, mark, has_id = "", 0, False
        marks: list[int] = []
        remember = marks.append
        for row in rows:
            kind = usual_kinds.get((row.workload_code, row.channel, row.product_id))
            if (
                kind is None
                or row.product != kind.product_name
                or row.processed != kind.processed
                or row.workload != kind.workload
                or row.service_code != kind.service_code
                or row.service != kind.service
            ):
                kind = kinds.of(row)
            if row.customer_id != customer_id:
                identity, mark, has_id = self._customer(row)
                # A row without a customer id is of a customer of its own, whatever the next row says.
                customer_id = row.customer_id if has_id else self
            remember(mark ^ kind.mark)
            active = row.licenses_active if row.licenses_active is not None else row.license_active
            qualified = row.qualified
            if active is None or qualified is None or not kind.readable:
                self._leave_out(row, kind)
                continue
            sums = kind.sums or self._odd(row, kind, identity, mark if has_id else None)
            sums.active += active
            sums.qualified += qualified
            if qualified > active:  # per row: what is beyond in another row does not use up what is unused here
                sums.unused += qualified - active
            if (known := sums.customer) is not None:
                sums.customer = respelled(known, row) if known.identity == identity else None
            if (owners := kind.owners) is not None and has_id:
                owners.append(mark)
        self._close()
        return marks

    def _odd(self, row: UsageRow, kind: RowKind, identity: str, owner: int | None) -> RowSums:
        """Return the sums to which a row is added that is the first of its kind, or has no product id.

        `owner` is the hash of its customer, None if it has no id.
        """
        key = self._kinds.key(kind)
        sums = self._sums.get(key)
        if sums is None:
            label = respelled(MemberLabel(identity, "", ""), row)
            sums = self._sums[key] = RowSums(key, label, kind.product, kind.channel, {})
            self._open[sums] = []
        else:
            # Without an id, the product may be another one than that of any row before.
            sums.product = sums.product.met(kind.product) if sums.product and kind.product.id else None
            sums.channel = sums.channel and sums.channel.met(kind.channel)
        if kind.product.id:
            kind.sums = sums
            if sums.owners is not None:
                kind.owners = sums.owners.setdefault(hash(kind.product.identity), array("q"))
                self._open[sums].append(kind)
        elif sums.owners is not None and owner is not None:
            sums.owners[next(self._numbers)] = array("q", [owner])
        return sums

    def _close(self) -> None:
        """Stop remembering owners where it is known that products of one customer are added.

        Most answers show it among their first rows. `adds_products` looks at the rest.
        """
        for sums, kinds in tuple(self._open.items()):
            owners = sums.owners or {}
            if len(owners) > 1 and sum(map(len, owners.values())) <= OWNERS_COMPARED and add_several([owners]):
                sums.owners, sums.several_products = None, True
                for kind in kinds:
                    kind.owners = None
                del self._open[sums]

    def _customer(self, row: UsageRow) -> tuple[str, int, bool]:
        """Return the identity of a row's customer, a hash of what it is called, and whether it has an id."""
        found = self._spelled.get(row.customer_id)
        if found is None:
            identity = folded_id(row.customer_id)
            if not identity:
                return self._own_identity(), hash(label_of(None, row.customer).identity), False
            if len(self._spelled) >= SPELLED_LIMIT:
                self._spelled.clear()
            found = self._spelled[row.customer_id] = identity, hash(identity), True
        return found
