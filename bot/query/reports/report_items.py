"""Sums -> the items of a report. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.domain.figures import LicenseFigures
from bot.domain.licensing import Dimension, Entry
from bot.query.reports.workload_figures import WorkloadSums
from bot.query.sums.member_label import MemberLabel, in_common
from bot.query.sums.row_sums import RowSums

# The identities of an item's members, one text per dimension that the report is listed by. Of a row without a customer
# id, which is an item of its own, the last part is a number that no other item has.
Key = tuple[str, ...]


class ReportItem(NamedTuple):
    """A candidate row of the report: the sums of one key.

    Most items are not shown. `workloads` has the sums of each workload.
    """

    by: tuple[Dimension, ...]
    key: Key
    sums: Sequence[RowSums]
    workloads: Sequence[WorkloadSums]
    figures: LicenseFigures

    def label(self, dimension: Dimension) -> MemberLabel | None:
        """Return the member that all rows of the item have.

        None if they have several, or none.
        """
        if dimension in self.by and dimension is not Dimension.CUSTOMER:
            at = [each for each in self.by if each is not Dimension.CUSTOMER].index(dimension)
            return in_common([each.key.members[at] for each in self.sums])
        match dimension:
            case Dimension.CUSTOMER:
                return in_common([each.customer for each in self.sums])
            case Dimension.PRODUCT:
                return in_common([each.product for each in self.sums])
            case Dimension.CHANNEL:
                return in_common([each.channel for each in self.sums])
            case Dimension.WORKLOAD:
                return in_common([each.key.workload for each in self.sums])
            case Dimension.SERVICE:
                return in_common([each.key.service.label for each in self.sums])

    def name(self, dimension: Dimension) -> str:
        """Return the name of the member, "" if there is none."""
        label = self.label(dimension)
        return label.text if label else ""

    def entries(self) -> dict[Dimension, Entry]:
        """Return what all rows have in common.

        There is an entry for each dimension that the report is listed by.
        """
        found: dict[Dimension, Entry] = {}
        for dimension in Dimension:
            label = self.label(dimension)
            if label and label.text:
                found[dimension] = label.entry(dimension)
            elif dimension in self.by:  # the rows have no value for this dimension
                found[dimension] = Entry(dimension, "", "")
        return found


def gathered(
    by: Sequence[Dimension], every: Iterable[tuple[MemberLabel | None, Sequence[RowSums]]]
) -> Iterator[tuple[Key, Sequence[RowSums]]]:
    """Return the sums of each item by its key. `every` has them by customer."""
    if Dimension.CUSTOMER not in by:
        for _, sums in every:
            yield from _by_members(sums).items()
        return
    at = list(by).index(Dimension.CUSTOMER)
    for customer, sums in every:
        if customer is not None:
            for members, some in _by_members(sums).items():
                if customer.id:
                    yield (*members[:at], customer.identity, *members[at:]), some
                else:
                    yield (*members[:at], "", *members[at:], customer.identity), some


def _by_members(sums: Iterable[RowSums]) -> dict[Key, list[RowSums]]:
    found: dict[Key, list[RowSums]] = {}
    for each in sums:
        found.setdefault(tuple([member.identity for member in each.key.members]), []).append(each)
    return found
