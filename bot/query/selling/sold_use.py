"""How many of the sold licenses are assigned and active. Pure.

A line is a product of a customer, joined by ids, or several of them together. Active licenses are counted workload by
workload, so a product has those of its most used workload: as many licenses are in use at least, and no more than the
rest of those sold may be without use. Workloads are never added. Where products have different ones there is no number
of active licenses, but their percentage, and the product with most licenses that are not active.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.figures import LicenseMeasure, Licenses
from bot.domain.licensing import Dimension
from bot.query.filters.share_filter import TopBottom
from bot.query.selling.renewal_line import DatedCount, RenewalLine, WorkloadUse


class NotKnown(StrEnum):
    """Why a product has no number of active or of sold licenses.

    `WITHOUT_USE`: the usage report does not have it, or not all of its figures. `NOT_SOLD`: the report of sold licenses
    does not have it.
    """

    WITHOUT_USE = "without_use"
    NOT_SOLD = "not_sold"


@dataclass(frozen=True, slots=True)
class SoldUse:
    """One product of a customer, or several lines together.

    What is not part of the line is "". `sold` and `assigned` are sums of those that are known. `use` is of one
    workload, None if it is not known or if there are several. `licenses` has the sold ones in place of the qualified
    ones, and is the sum of the `known` of `products` lines. `worst` is the line with most sold licenses that are not
    active. `unassigned` is the sum of what is not assigned of each of several lines, None for a single one.
    """

    customer_id: str = ""
    customer: str = ""
    product_id: str = ""
    product: str = ""
    sold: DatedCount | None = None
    assigned: DatedCount | None = None
    use: WorkloadUse | None = None
    licenses: Licenses | None = None
    products: int = 1
    known: int = 0
    worst: "SoldUse | None" = None
    unassigned: int | None = None

    @property
    def missing(self) -> NotKnown | None:
        """Return what is not known of a single line; None if everything is."""
        if self.sold is None:
            return NotKnown.NOT_SOLD
        return NotKnown.WITHOUT_USE if self.products == 1 and self.use is None else None

    @property
    def not_active(self) -> int | None:
        """Return the sold licenses that are not active.

        The two numbers are of two days. Of several products it is the sum of each one's. None if one of the numbers is
        not known, or if more of a single product are active than sold.
        """
        if self.use is None or self.licenses is None or (self.products == 1 and self.licenses.beyond):
            return None
        return self.licenses.unused

    @property
    def not_assigned(self) -> int | None:
        """Return the sold licenses that are not assigned.

        Of several products it is the sum of each one's: what is assigned too often of one is no license of another.
        None if more of a single product are assigned than sold.
        """
        if self.products > 1:
            return self.unassigned
        if self.sold is None or self.assigned is None or self.assigned.number > self.sold.number:
            return None
        return self.sold.number - self.assigned.number


def use_of_line(line: RenewalLine) -> SoldUse:
    """Return the numbers of a product of a customer."""
    # Where a workload is not known, another than the most used one may be shown.
    use, sold = None if line.use is not None and line.use.partial else line.use, line.sold
    licenses = Licenses.of(use.licenses.active, sold.number) if use is not None and sold is not None else None
    return SoldUse(
        line.customer_id, line.customer, line.product_id, line.product, sold, line.assigned, use, licenses,
        known=int(licenses is not None),
    )  # fmt: skip


def together(lines: Sequence[SoldUse], by: Collection[Dimension] = ()) -> SoldUse:
    """Return lines as one; a single line as it is."""
    if len(lines) == 1:
        return lines[0]
    known = [each for each in lines if each.licenses is not None]
    first = lines[0]
    customer, product = Dimension.CUSTOMER in by, Dimension.PRODUCT in by
    return SoldUse(
        customer_id=first.customer_id if customer else "",
        customer=first.customer if customer else "",
        product_id=first.product_id if product else "",
        product=next((each.product for each in lines if each.product), "") if product else "",
        sold=_sum(each.sold for each in lines),
        assigned=_sum(each.assigned for each in lines),
        use=_common_use(known),
        licenses=sum((each.licenses for each in known if each.licenses), Licenses()) if known else None,
        products=len(lines),
        known=len(known),
        worst=most_idle(known),
        unassigned=_unassigned(lines),
    )


def most_idle(lines: Iterable[SoldUse]) -> SoldUse | None:
    """Return the line with most licenses that are not active, None if there is none."""
    return min(lines, key=place, default=None)


def place(line: SoldUse, order: TopBottom | None = None) -> tuple[bool, float, str, str]:
    """Return a sort key: most licenses that are not active first, or as ordered.

    What is not known is last.
    """
    number = _number(line, order)
    sign = 1 if order is not None and order.lowest else -1
    known = number is not None
    return not known, sign * float(number or 0), line.customer.casefold(), line.product.casefold()


def _number(line: SoldUse, order: TopBottom | None) -> float | None:
    """Return what a line is ordered by: of several workloads the largest number of licenses."""
    if order is not None and order.measure is LicenseMeasure.QUALIFIED:
        return None if line.sold is None else line.sold.number
    if line.licenses is None:
        return None
    if order is not None and order.measure is None:
        return line.licenses.share
    measure = LicenseMeasure.UNUSED if order is None or order.measure is None else order.measure
    one = line if line.use is not None or line.worst is None else line.worst
    return None if one.licenses is None else measure.of(one.licenses)


def _common_use(known: Sequence[SoldUse]) -> WorkloadUse | None:
    """Return the use in the only workload of the lines; None if they have several."""
    uses = [each.use for each in known if each.use is not None]
    if len({each.workload for each in uses}) != 1:
        return None
    total = sum((each.licenses for each in uses), Licenses())
    return WorkloadUse(uses[0].workload, total, min((each.day for each in uses if each.day), default=None))


def _sum(counts: Iterable[DatedCount | None]) -> DatedCount | None:
    known = [each for each in counts if each is not None]
    if not known:
        return None
    day = min((each.day for each in known if each.day is not None), default=None)
    return DatedCount(sum(each.number for each in known), known[0].source, day)


def _unassigned(lines: Iterable[SoldUse]) -> int | None:
    """Return the sum of what is not assigned of each line, None if that is not known of any."""
    left = [each.sold.number - each.assigned.number for each in lines if each.sold and each.assigned]
    return sum(max(each, 0) for each in left) if left else None
