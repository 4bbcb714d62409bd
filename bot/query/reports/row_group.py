"""One item of a report while its rows are being added. Pure."""

from collections.abc import Callable, Sequence
from datetime import date
from operator import attrgetter

from bot.domain.figures import Licenses, WorkloadLicenses
from bot.domain.identifier import folded_id, folded_name, is_zero
from bot.domain.licensing import Dimension, Entry, UsageRow

# The value of an id attribute if the group has rows of several customers, workloads, ...; no row has this value.
MANY = object()

_ATTRIBUTES = tuple((dimension, dimension.id_attribute, dimension.name_attribute) for dimension in Dimension)
_ID_OF = {dimension: attribute for dimension, attribute, _ in _ATTRIBUTES}
_NAME_OF = {dimension: attribute for dimension, _, attribute in _ATTRIBUTES}
_EVERY = attrgetter(*(attribute for _, *attributes in _ATTRIBUTES for attribute in attributes))
_IN_PLACE = frozenset({"customer_id", "service_code", "product_id", "channel"})
# A row of another workload has other sums; see `RowGroup.sums_of`.
_LATER = tuple(
    attribute for _, attribute, _ in _ATTRIBUTES if attribute not in _IN_PLACE and attribute != "workload_code"
)
# Reads the ids that are not compared in place, None if there are none.
FURTHER: Callable[[UsageRow], object] | None = attrgetter(*_LATER) if _LATER else None


def identity(row: UsageRow, dimension: Dimension) -> str:
    """Return what identifies the member.

    The folded id, or the folded name if the row has no id; a GUID of zeros is no id.
    """
    return folded_id(getattr(row, _ID_OF[dimension])) or folded_name(getattr(row, _NAME_OF[dimension]))


class WorkloadSums:
    """What the loop over a page's rows adds to.

    `id` is the workload's code as spelled, else its name. `name` is the first name that was not empty.
    """

    __slots__ = ("active", "id", "name", "qualified", "unused")

    def __init__(self, row: UsageRow) -> None:
        self.id = row.workload_code or row.workload or ""
        self.name = _name(row, Dimension.WORKLOAD)
        self.active = 0
        self.qualified = 0
        self.unused = 0

    @property
    def licenses(self) -> Licenses:
        """Return the sums so far."""
        return Licenses(self.active, self.qualified, self.unused)

    @property
    def workload(self) -> WorkloadLicenses:
        """Return the workload with its sums."""
        return WorkloadLicenses(Entry(Dimension.WORKLOAD, self.id, self.name or self.id), self.licenses)

    def add(self, other: "WorkloadSums") -> None:
        """Add what another group has of the same workload."""
        self.active += other.active
        self.qualified += other.qualified
        self.unused += other.unused
        self.name = self.name or other.name


class RowGroup:
    """The sums of a group's rows by workload, and what all its rows have in common.

    `workloads` has the sums of each workload, by its code as spelled: a license counts once in each workload, so they
    are not added. `day` is the day of the rows, None if it is unknown.

    Four ids are attributes, so that the loop over a page's rows can compare them in place. The ids of columns that were
    added later are `further`, which is compared as a whole. If the first row lacks an id or a name (`patchy`), the
    comparison is not sufficient, and every row is passed to `look`.
    """

    __slots__ = (
        "_names",
        "_several",
        "channel",
        "customer_id",
        "day",
        "further",
        "patchy",
        "product_id",
        "sample",
        "service_code",
        "workloads",
    )

    def __init__(self, row: UsageRow, day: date | None = None) -> None:
        self.day = day
        self.sample = row
        self.workloads: dict[str | None, WorkloadSums] = {}
        self.customer_id: object = row.customer_id
        self.service_code: object = row.service_code
        self.product_id: object = row.product_id
        self.channel: object = row.channel
        self.further = FURTHER(row) if FURTHER else None
        every = _EVERY(row)
        self.patchy = (
            not all(every)
            or is_zero(row.customer_id or "")
            or is_zero(row.product_id or "")
            or not all(map(str.strip, every))  # blanks only
            or not all(map(str.isprintable, every))  # perhaps invisible characters only
        )
        self._several: frozenset[Dimension] = frozenset()
        self._names: dict[Dimension, str] | None = None

    def look(self, row: UsageRow) -> None:
        """Record in which dimensions `row` differs, and names that were missing."""
        for dimension, attribute, _ in _ATTRIBUTES:
            if dimension in self._several:
                continue
            if getattr(self.sample, attribute) == getattr(row, attribute) and not self.patchy:
                continue
            if identity(row, dimension) != identity(self.sample, dimension):
                self._several |= {dimension}
                if attribute in _IN_PLACE:
                    setattr(self, attribute, MANY)
            elif self.patchy and not _name(self.sample, dimension) and (name := _name(row, dimension)):
                self._names = {dimension: name} | (self._names or {})

    def name(self, dimension: Dimension) -> str:
        """Return the first name that was not empty, else the id of the first row."""
        return _name(self.sample, dimension) or (self._names or {}).get(dimension) or _id(self.sample, dimension)

    def entries(self, labels: "GroupLabels") -> dict[Dimension, Entry]:
        """Return the member that all rows of the group have in common, by dimension.

        A dimension is omitted if the rows have several members of it, or no value for it.
        """
        found: dict[Dimension, Entry] = {}
        for dimension in Dimension:
            if dimension in self._several:
                continue
            name = _name(self.sample, dimension)
            id_ = _id(self.sample, dimension)
            if id_ or name:
                found[dimension] = labels.entry(dimension, id_, name or self.name(dimension))
        return found

    def sums_of(self, row: UsageRow) -> WorkloadSums:
        """Return the sums for a row whose workload code is spelled in a new way.

        Spellings of one workload have sums of their own until the report is built. A row without a code or a name is
        passed here each time, so that its sums get the first name that is not empty.
        """
        plain = bool(row.workload_code and _name(row, Dimension.WORKLOAD))
        spelled = row.workload_code or row.workload or ""
        key = spelled if plain else f"\0{spelled}"
        sums = self.workloads.get(key)
        if sums is None:
            if self.workloads and folded_id(next(iter(self.workloads.values())).id) != folded_id(spelled):
                self._several |= {Dimension.WORKLOAD}
            sums = self.workloads[key] = WorkloadSums(row)
        elif not sums.name:
            sums.name = _name(row, Dimension.WORKLOAD)
        return sums

    def several(self, dimension: Dimension) -> bool:
        """Return True if the group has rows of more than one member of `dimension`."""
        return dimension in self._several


class GroupLabels:
    """Creates each distinct entry once.

    Fifty thousand customers have a handful of workloads in common.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[Dimension, str, str], Entry] = {}

    def entry(self, dimension: Dimension, id_: str, name: str) -> Entry:
        """Return the entry with this dimension, id and name.

        Without an id, it has the name in its place.
        """
        key = (dimension, id_, name)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = Entry(dimension, id_ or name, name, has_id=bool(id_))
        return made


def common(groups: Sequence[RowGroup], labels: GroupLabels) -> dict[Dimension, Entry]:
    """Return the members that all `groups` have in common.

    One item has one group per service.
    """
    entries = groups[0].entries(labels)
    for group in groups[1:]:
        others = group.entries(labels)
        for dimension, known in tuple(entries.items()):
            other = others.get(dimension)
            if other is None or folded_id(other.id) != folded_id(known.id):
                del entries[dimension]
            elif known.name == known.id:
                entries[dimension] = labels.entry(dimension, known.id if known.has_id else "", other.name)
    return entries


def _id(row: UsageRow, dimension: Dimension) -> str:
    found: str = getattr(row, _ID_OF[dimension]) or ""
    return "" if is_zero(found) or _is_blank(found) else found


def _name(row: UsageRow, dimension: Dimension) -> str:
    """Return the name, "" if it has only blanks and invisible characters."""
    name: str = getattr(row, _NAME_OF[dimension]) or ""
    return "" if _is_blank(name) else name


def _is_blank(text: str) -> bool:
    first = text[:1]  # most names begin with a letter; the others are looked at in full
    return not (first.isascii() and first.isalnum()) and not folded_name(text)
