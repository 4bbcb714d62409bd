"""The sums of workloads -> the figures of a row or a total. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from bot.domain.figures import LicenseFigures, LicenseMeasure, Licenses, WorkloadLicenses
from bot.domain.licensing import Dimension
from bot.query.filters.row_selection import EVERYTHING, RowSelection
from bot.query.sums.member_label import MemberLabel
from bot.query.sums.row_sums import RowSums


@dataclass(slots=True)
class WorkloadSums:
    """The sums of one workload."""

    label: MemberLabel
    active: int = 0
    qualified: int = 0
    unused: int = 0

    @property
    def licenses(self) -> Licenses:
        """Return the sums as figures."""
        return Licenses(self.active, self.qualified, self.unused)

    @property
    def workload(self) -> WorkloadLicenses:
        """Return the workload with its sums."""
        return WorkloadLicenses(self.label.entry(Dimension.WORKLOAD), self.licenses)


def merged(every: Iterable[RowSums]) -> Sequence[WorkloadSums]:
    """Return the sums of each workload."""
    found: dict[str, WorkloadSums] = {}
    for each in every:
        label = each.key.workload
        one = found.get(label.identity)
        if one is None:
            one = found[label.identity] = WorkloadSums(label)
        elif one.label is not label:
            one.label = one.label.met(label) or one.label
        one.active += each.active
        one.qualified += each.qualified
        one.unused += each.unused
    return tuple(found.values())


def unused(sums: WorkloadSums) -> int:
    """Return the licenses that are unused in each row."""
    return sums.unused


def beyond(sums: WorkloadSums) -> int:
    """Return the active licenses that are not qualified."""
    return sums.active - sums.qualified + sums.unused


_NUMBERS: Mapping[LicenseMeasure, Callable[[WorkloadSums], int]] = {
    LicenseMeasure.ACTIVE: attrgetter("active"),
    LicenseMeasure.QUALIFIED: attrgetter("qualified"),
    LicenseMeasure.UNUSED: unused,
    LicenseMeasure.BEYOND: beyond,
}


def figures_of(
    every: Sequence[WorkloadSums],
    measure: LicenseMeasure = LicenseMeasure.UNUSED,
    selection: RowSelection = EVERYTHING,
    *,
    smallest: bool = False,
) -> LicenseFigures:
    """Return the figures of a row or total.

    They have a number of licenses only if there is one workload. Of several workloads, the one with the largest (or
    `smallest`) `measure` is named; of equal ones the first by name. If `selection` has conditions on single workloads,
    a workload that is within them is named.
    """
    if len(every) == 1:
        return LicenseFigures(every[0].licenses)
    if not every:
        return LicenseFigures()
    named = every
    if selection.asks_workloads:
        named = [sums for sums in every if selection.admits_workload(sums.licenses)] or every
    number, sign = _NUMBERS[measure], 1 if smallest else -1
    worst = min(named, key=lambda sums: (sign * number(sums), sums.label.text.casefold(), sums.label.identity))
    return LicenseFigures(added(every), worst.workload)


def added(every: Iterable[WorkloadSums]) -> Licenses:
    """Return the sums over all workloads, for the percentage alone."""
    active = qualified = unused = 0
    for sums in every:
        active += sums.active
        qualified += sums.qualified
        unused += sums.unused
    return Licenses(active, qualified, unused)
