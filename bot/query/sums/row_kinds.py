"""What rows have beside their customer and counts. Pure.

Ten thousand rows have some hundred combinations of workload, service, channel, product and day. Each combination is
read once, and the loops over the rows only look it up.
"""

from collections.abc import MutableSequence, Sequence
from datetime import date
from typing import Any

from bot.domain.licensing import COLUMNS, Dimension, UsageRow
from bot.query.sums.folded_texts import label_of
from bot.query.sums.member_label import MemberLabel
from bot.query.sums.processed_day import DayReader
from bot.query.sums.service_dates import ServiceDates, ServiceDay

# Kinds that are remembered. A service that writes a product in ever new ways must not exhaust the memory.
KINDS_LIMIT = 10_000

_OF_KIND = (Dimension.WORKLOAD, Dimension.SERVICE, Dimension.PRODUCT, Dimension.CHANNEL)


class SumKey:
    """What rows of one customer must have in common to be added.

    That is the service, the day, the workload, and what the report is listed by.
    `members` has the labels of the dimensions that the report is listed by, except the customer. Labels have the best
    spelling of those that were met.
    """

    __slots__ = ("members", "service", "workload")

    def __init__(self, service: ServiceDay, workload: MemberLabel, members: Sequence[MemberLabel]) -> None:
        self.service = service
        self.workload = workload
        self.members = tuple(members)

    def meet(self, workload: MemberLabel, members: Sequence[MemberLabel]) -> None:
        """Keep the better spelling of each label."""
        self.workload = self.workload.met(workload) or self.workload
        pairs = zip(self.members, members, strict=True)
        self.members = tuple([known.met(other) or known for known, other in pairs])


class RowKind:
    """One combination, as `row` has it.

    `readable` is False if its day is none. `mark` distinguishes the rows of one customer: it is the same if rows differ
    only in the day or in the spelling. `key`, `sums` and `owners` (of the product) are for the loops over the rows.
    They stay None if the product has no id: each such row is of a product of its own, and has to be looked at.
    """

    __slots__ = (
        "channel", "day", "key", "labels", "mark", "owners", "processed", "product", "product_name", "readable",
        "service", "service_code", "sums", "workload",
    )  # fmt: skip

    def __init__(self, row: UsageRow, labels: dict[Dimension, MemberLabel], day: date | None) -> None:
        self.workload = row.workload
        self.service_code = row.service_code
        self.service = row.service
        self.product_name = row.product
        self.processed = row.processed
        self.day = day
        self.readable = day is not None or not row.processed
        self.labels = labels
        self.product = labels[Dimension.PRODUCT]
        self.channel = labels[Dimension.CHANNEL]
        self.mark = hash(tuple([label.identity for label in labels.values()]))
        self.key: SumKey | None = None
        self.sums: Any = None
        self.owners: MutableSequence[int] | None = None


class RowKinds:
    """The kinds of the rows of an answer.

    `usual` has them by workload code, channel and product id. The rest of a row is nearly always what the first of
    these rows had, but it has to be compared.
    """

    def __init__(self, by: Sequence[Dimension], days: DayReader, services: ServiceDates) -> None:
        self._listed = tuple(each for each in by if each is not Dimension.CUSTOMER)
        self._day = days.day
        self._services = services
        self._keys: dict[tuple[object, ...], SumKey] = {}
        self._labels: dict[tuple[Dimension, str | None, str | None], MemberLabel] = {}
        self._known: dict[tuple[str | None, ...], RowKind] = {}
        self.usual: dict[tuple[str | None, ...], RowKind] = {}

    def of(self, row: UsageRow) -> RowKind:
        """Return the kind of a row."""
        usual = (row.workload_code, row.channel, row.product_id)
        every = (*usual, row.workload, row.service_code, row.service, row.product, row.processed)
        found = self._known.get(every)
        if found is None:
            if len(self._known) >= KINDS_LIMIT:
                for each in (self._known, self.usual, self._labels):
                    each.clear()
            labels = {dimension: self._label(dimension, row) for dimension in _OF_KIND}
            day = self._day(row.processed) if row.processed else None
            found = self._known[every] = RowKind(row, labels, day)
            self.usual.setdefault(usual, found)
        return found

    def _label(self, dimension: Dimension, row: UsageRow) -> MemberLabel:
        """Return the same object for the same texts, so that the loops over the rows rarely have to compare labels."""
        id_, name = (getattr(row, column.attribute) for column in COLUMNS[dimension])
        found = self._labels.get((dimension, id_, name))
        if found is None:
            found = self._labels[(dimension, id_, name)] = label_of(id_, name)
        return found

    def key(self, kind: RowKind) -> SumKey:
        """Return what the rows of a kind are added by.

        Raises RowsKeptError when they must be compared with others, see `ServiceDates`.
        """
        service = self._services.of(kind.labels[Dimension.SERVICE], kind.day)
        workload = kind.labels[Dimension.WORKLOAD]
        members = [kind.labels[each] for each in self._listed]
        place = (service, workload.identity, *[each.identity for each in members])
        found = self._keys.get(place)
        if found is None:
            found = self._keys[place] = SumKey(service, workload, members)
        else:
            found.meet(workload, members)
        if kind.product.id:
            kind.key = found
        return found
