"""What a change of figures is, for digests and for comparisons of two days.

Pure. Numbers of licenses are compared only if both are of the same workload. Points are the difference of the
percentages that are shown.
"""

from typing import NamedTuple

from bot.domain.figures import LicenseFigures, Licenses, WorkloadLicenses
from bot.domain.identifier import folded_id


class Move(NamedTuple):
    """How far figures moved, the more important number first.

    They are below 0 if they dropped. Of one workload, how many more qualified licenses are in use is more important
    than the points. Of several workloads, whose licenses are not added, it is the points.
    """

    first: int
    second: int


def compared_counts(before: LicenseFigures, after: LicenseFigures) -> tuple[Licenses, Licenses]:
    """Return the numbers of licenses to compare.

    None of them if they are of different workloads.
    """
    if before.worst is not None and after.worst is not None and not _same_workload(before.worst, after.worst):
        return Licenses(), Licenses()
    return before.counts, after.counts


def unchanged(one: LicenseFigures, other: LicenseFigures) -> bool:
    """Return True if the numbers are equal, however the workload is spelled."""
    if one.worst is None or other.worst is None:
        return one == other
    return (
        one.sums == other.sums and one.worst.licenses == other.worst.licenses and _same_workload(one.worst, other.worst)
    )


def points(before: LicenseFigures, after: LicenseFigures) -> int:
    """Return by how many points the shown percentage rose; 0 if one of them is n/a."""
    if before.percent is None or after.percent is None:
        return 0
    return after.percent - before.percent


def move(before: LicenseFigures, after: LicenseFigures) -> Move:
    """Return how far the figures moved."""
    earlier, later = compared_counts(before, after)
    alike = before.withheld == after.withheld
    licenses, moved = later.used - earlier.used if alike else 0, points(before, after)
    return Move(moved, licenses) if before.withheld or after.withheld else Move(licenses, moved)


def _same_workload(one: WorkloadLicenses, other: WorkloadLicenses) -> bool:
    return folded_id(one.workload.id) == folded_id(other.workload.id)
