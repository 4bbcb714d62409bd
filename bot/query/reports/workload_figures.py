"""The sums of workloads -> the figures of a row or a total. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

from bot.domain.figures import LicenseFigures, LicenseMeasure, Licenses
from bot.query.filters.row_selection import EVERYTHING, RowSelection
from bot.query.reports.row_group import RowGroup, WorkloadSums


def merged(groups: Sequence[RowGroup]) -> Sequence[WorkloadSums]:
    """Return the sums of several groups, one for each workload."""
    if len(groups) == 1:
        every = tuple(groups[0].workloads.values())
        if len(every) == len({sums.identity for sums in every}):  # each workload is spelled in one way
            return every
    found: dict[str, WorkloadSums] = {}
    for group in groups:
        for sums in group.workloads.values():
            one = found.get(sums.identity)
            if one is None:
                one = found[sums.identity] = WorkloadSums(sums.id, sums.identity, sums.name)
            one.add(sums)
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
    worst = min(named, key=lambda sums: (sign * number(sums), (sums.name or sums.id).casefold(), sums.id.casefold()))
    return LicenseFigures(added(every), worst.workload)


def added(every: Iterable[WorkloadSums]) -> Licenses:
    """Return the sums over all workloads, for the percentage alone."""
    active = qualified = unused = 0
    for sums in every:
        active += sums.active
        qualified += sums.qualified
        unused += sums.unused
    return Licenses(active, qualified, unused)
