"""Sums -> the items of a report. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from bot.domain.figures import LicenseFigures
from bot.domain.licensing import Dimension, Entry
from bot.query.reports.workload_figures import WorkloadSums
from bot.query.sums.member_label import MemberLabel, in_common
from bot.query.sums.row_sums import RowSums

# The identities of an item's members, one text per dimension that the report is listed by. Of a row without a customer
# id, which is an item of its own, the last part is a number that no other item has.
Key = tuple[str, ...]

# What all rows of one sum have in common.
_READ: Mapping[Dimension, Callable[[RowSums], MemberLabel | None]] = {
    Dimension.CUSTOMER: attrgetter("customer"),
    Dimension.WORKLOAD: attrgetter("key.workload"),
    Dimension.SERVICE: attrgetter("key.service.label"),
    Dimension.PRODUCT: attrgetter("product"),
    Dimension.CHANNEL: attrgetter("channel"),
}


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
        read = _READ[dimension]
        if dimension in self.by and dimension is not Dimension.CUSTOMER:
            at = [each for each in self.by if each is not Dimension.CUSTOMER].index(dimension)
            return in_common([each.key.members[at] for each in self.sums])
        return read(self.sums[0]) if len(self.sums) == 1 else in_common(map(read, self.sums))

    def names(self) -> list[str]:
        """Return the folded names of the members that the report is listed by.

        "" if there is none.
        """
        labels = [self.label(dimension) for dimension in self.by]
        return [label.text.casefold() if label else "" for label in labels]

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
