"""One item of a report while its rows are being added. Pure."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import compress
from operator import attrgetter

from bot.domain.figures import Licenses, WorkloadLicenses
from bot.domain.licensing import Dimension, Entry, UsageRow
from bot.query.reports.folded_texts import MEMBERS, FoldedTexts, Member

_DIFFERENT = object()  # equal to nothing that is read of a row


class WorkloadSums:
    """What the loop over a page's rows adds to.

    `id` is the workload's code as spelled, else its name; `identity` is what is compared. `name` is the first name that
    was not empty.
    """

    __slots__ = ("active", "id", "identity", "name", "qualified", "unused")

    def __init__(self, id_: str, identity: str, name: str) -> None:
        self.id = id_
        self.identity = identity
        self.name = name
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


class Watch:
    """The dimensions in which all rows of a group are alike so far.

    The next row may differ in them. `read` returns a row's ids in these dimensions, None if there are none. `several`
    are the dimensions in which rows differed.
    """

    __slots__ = ("_narrower", "members", "read", "several")

    def __init__(self, members: tuple[Member, ...], several: tuple[Dimension, ...] = ()) -> None:
        self.members = members
        self.several = several
        self.read: Callable[[UsageRow], object] = attrgetter(*ids) if (ids := [each.id for each in members]) else _none
        self._narrower: dict[tuple[bool, ...], Watch] = {}

    def narrower(self, alike: tuple[bool, ...]) -> "Watch":
        """Return the watch over those members for which `alike` is True."""
        found = self._narrower.get(alike)
        if found is None:
            different = [each.dimension for each, same in zip(self.members, alike, strict=True) if not same]
            members = tuple(compress(self.members, alike))
            found = self._narrower[alike] = Watch(members, (*self.several, *different))
        return found


class RowGroup:
    """The sums of a group's rows by workload, and what all its rows have in common.

    `workloads` has the sums of each workload, by its code as spelled: a license counts once in each workload, so they
    are not added. `day` is the day of the rows, None if it is unknown. `texts` says how ids and names compare.

    A row of which `read` does not return what is `expected` has to be passed to `look`. If the first row lacks an id or
    a name, that is every row, because a later one may have it.
    """

    __slots__ = ("_lacking", "_names", "_watch", "day", "expected", "read", "sample", "texts", "workloads")

    def __init__(self, row: UsageRow, watch: Watch, day: date | None, texts: FoldedTexts) -> None:
        self.day = day
        self.sample = row
        self.texts = texts
        self.workloads: dict[str | None, WorkloadSums] = {}
        self._names: dict[Dimension, str] | None = None
        self._lacking = not texts.complete(row)
        self._watch = watch
        self.read = watch.read
        self.expected = _DIFFERENT if self._lacking else watch.read(row)

    def look(self, row: UsageRow) -> None:
        """Record in which dimensions `row` differs, and names that were missing."""
        alike = tuple([self.texts.alike(self.sample, row, member) for member in self._watch.members])
        if False in alike:
            watch = self._watch = self._watch.narrower(alike)
            self.read = watch.read
            if not self._lacking:
                self.expected = self.read(self.sample)
        if self._lacking:
            self._take_names(row)

    def _take_names(self, row: UsageRow) -> None:
        """Take from `row` the names that the rows before lacked."""
        for dimension in Dimension:
            if not self.several(dimension) and not self.texts.name(self.sample, dimension):
                name = self.texts.name(row, dimension)
                if name:
                    self._names = {dimension: name} | (self._names or {})

    def name(self, dimension: Dimension) -> str:
        """Return the first name that was not empty, else the id of the first row."""
        texts, sample = self.texts, self.sample
        return texts.name(sample, dimension) or (self._names or {}).get(dimension) or texts.id(sample, dimension)

    def entries(self, labels: "GroupLabels") -> dict[Dimension, Entry]:
        """Return the member that all rows of the group have in common, by dimension.

        A dimension is omitted if the rows have several members of it, or no value for it.
        """
        found: dict[Dimension, Entry] = {}
        for dimension in Dimension:
            if self.several(dimension):
                continue
            name = self.texts.name(self.sample, dimension)
            id_ = self.texts.id(self.sample, dimension)
            if id_ or name:
                found[dimension] = labels.entry(dimension, id_, name or self.name(dimension))
        return found

    def sums_of(self, row: UsageRow) -> WorkloadSums:
        """Return the sums for a row whose workload code is spelled in a new way.

        Spellings of one workload have sums of their own until the report is built. A row without a code or a name is
        passed here each time, so that its sums get the first name that is not empty.
        """
        texts, code, name = self.texts, row.workload_code, row.workload
        identity = texts.ids[code]
        if code and identity and name and texts.names[name]:
            sums = self.workloads[code] = WorkloadSums(code, identity, name)
            return sums
        name = texts.name(row, Dimension.WORKLOAD)
        id_ = texts.id(row, Dimension.WORKLOAD) or name
        key = f"\0{id_}"
        found = self.workloads.get(key)
        if found is None:
            found = self.workloads[key] = WorkloadSums(id_, identity or texts.names[name], name)
        found.name = found.name or name
        return found

    def several(self, dimension: Dimension) -> bool:
        """Return True if the group has rows of more than one member of `dimension`."""
        if dimension is Dimension.WORKLOAD:
            return len({sums.identity for sums in self.workloads.values()}) > 1
        return dimension in self._watch.several


def watch_of(by: Sequence[Dimension]) -> Watch:
    """Return what is watched in the groups of a report.

    The rows of one group are of one service, and of one member of each dimension that the report is listed by. A row of
    another workload has other sums.
    """
    alike = (Dimension.WORKLOAD, Dimension.SERVICE, *by)
    return Watch(tuple(member for member in MEMBERS if member.dimension not in alike))


def _none(_row: UsageRow) -> None:
    """Read nothing: rows are alike in it."""


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
    ids = groups[0].texts.ids
    for group in groups[1:]:
        others = group.entries(labels)
        for dimension, known in tuple(entries.items()):
            other = others.get(dimension)
            if other is None or ids[other.id] != ids[known.id]:
                del entries[dimension]
            elif known.name == known.id:
                entries[dimension] = labels.entry(dimension, known.id if known.has_id else "", other.name)
    return entries
