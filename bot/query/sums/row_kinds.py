"""What rows have beside their customer and counts. Pure.

Ten thousand rows have some hundred combinations of workload, service, channel, product and day. Each combination is
read once, and the loops over the rows only look it up.
"""

from array import array
from collections.abc import Mapping, MutableSequence, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from bot.domain.licensing import Dimension, UsageRow
from bot.query.sums.folded_texts import label_of
from bot.query.sums.member_label import MemberLabel
from bot.query.sums.processed_day import DayReader
from bot.query.sums.service_dates import ServiceDates, ServiceDay

# Kinds that are remembered. A service that writes a product in ever new ways must not exhaust the memory.
KINDS_LIMIT = 10_000

_OF_KIND = (Dimension.WORKLOAD, Dimension.SERVICE, Dimension.PRODUCT, Dimension.CHANNEL)
_Texts = tuple[str | None, str | None]
_READ = {each: attrgetter(each.id_attribute, each.name_attribute) for each in _OF_KIND}
# No text of a service is equal to it.
_NO_ROW = UsageRow(product_id="\ud800")
_NO_LABELS = dict.fromkeys(Dimension, MemberLabel("", "", ""))


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
    """One combination, as a row has it.

    `readable` is False if its day is none. `mark` distinguishes the rows of one customer: it is the same if rows differ
    only in the day or in the spelling. The others are for the loops over the rows: `next` is the kind that followed the
    last time, `rows` has the mark of the customer of each row. `key`, `sums` and `owners` (of the product) stay None if
    the product has no id: each such row is of a product of its own, and has to be looked at.
    """

    __slots__ = (
        "channel", "channel_id", "day", "key", "labels", "mark", "next", "owners", "processed", "product", "product_id",
        "product_name", "readable", "rows", "service", "service_code", "sums", "workload", "workload_code",
    )  # fmt: skip

    def __init__(self, row: UsageRow, labels: Mapping[Dimension, MemberLabel], day: date | None) -> None:
        self.workload_code, self.workload = row.workload_code, row.workload
        self.service_code, self.service = row.service_code, row.service
        self.product_id, self.product_name = row.product_id, row.product
        self.channel_id = row.channel
        self.processed = row.processed
        self.day = day
        self.readable = day is not None or not row.processed
        self.labels = labels
        self.product = labels[Dimension.PRODUCT]
        self.channel = labels[Dimension.CHANNEL]
        self.mark = hash(tuple([label.identity for label in labels.values()]))
        self.next = self
        self.rows: list[int] = []
        self.key: SumKey | None = None
        self.sums: Any = None
        self.owners: list[MutableSequence[int]] | None = None


class RowKinds:
    """The kinds of the rows of an answer.

    `usual` has them by workload code, channel and product id. The rest of a row is nearly always what the first of
    these rows had, but it has to be compared. `none` is a kind that no row is of.
    """

    def __init__(self, by: Sequence[Dimension], days: DayReader, services: ServiceDates) -> None:
        self._listed = tuple(each for each in by if each is not Dimension.CUSTOMER)
        self._day = days.day
        self._services = services
        self.made = 0  # how many kinds were read so far
        self._keys: dict[tuple[object, ...], SumKey] = {}
        self._forget()

    def _forget(self) -> None:
        self._labels: dict[Dimension, dict[tuple[str | None, str | None], MemberLabel]] = {
            each: {} for each in _OF_KIND
        }
        self._known: dict[tuple[str | None, ...], RowKind] = {}
        self.usual: dict[tuple[str | None, ...], RowKind] = {}
        self.none = RowKind(_NO_ROW, _NO_LABELS, None)

    def of(self, row: UsageRow) -> RowKind:
        """Return the kind of a row."""
        usual = (row.workload_code, row.channel, row.product_id)
        every = (*usual, row.workload, row.service_code, row.service, row.product, row.processed)
        found = self._known.get(every)
        if found is None:
            labels = {dimension: self._label(dimension, row) for dimension in _OF_KIND}
            day = self._day(row.processed) if row.processed else None
            found = self._known[every] = RowKind(row, labels, day)
            self.made += 1
            self.usual.setdefault(usual, found)
        return found

    def customers(self) -> dict[int, list[Sequence[int]]]:
        """Return the customers of the rows since the last call, by the mark of their kind.

        The owners of the kinds' products get them too.
        """
        found: dict[int, list[Sequence[int]]] = {}
        for kind in self._known.values():
            if kind.rows:
                found.setdefault(kind.mark, []).append(kind.rows)
                if kind.owners is not None:
                    _add_owners(kind.owners, kind.rows)
                kind.rows = []
        if len(self._known) > KINDS_LIMIT:
            self._forget()
        return found

    def forget_owners(self, sums: object) -> None:
        """Remember no more owners of the products that are added to `sums`."""
        for kind in self._known.values():
            if kind.sums is sums:
                kind.owners = None

    def _label(self, dimension: Dimension, row: UsageRow) -> MemberLabel:
        """Return the same object for the same texts, so that the loops over the rows rarely have to compare labels."""
        id_, name = _READ[dimension](row)
        texts = self._labels[dimension]
        found = texts.get((id_, name))
        if found is None:
            found = texts[(id_, name)] = label_of(id_, name)
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


def _add_owners(owners: list[MutableSequence[int]], customers: list[int]) -> None:
    """Keep `customers` as they are; those of a second page in a smaller form. Most answers have one page."""
    if not owners:
        owners.append(customers)
        return
    if len(owners) == 1:
        owners.append(array("q"))
    owners[1].extend(customers)
