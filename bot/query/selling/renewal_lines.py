"""Subscriptions, products and usage -> lines, each exactly once. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension, Entry
from bot.domain.subscriptions import Subscription, SubscriptionSource
from bot.query.joins.joined_seats import DeployedProduct, SeatPair, UnmatchedSubscription, paid_seats
from bot.query.joins.offer_skus import OfferSkus
from bot.query.joins.seat_match import match
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.selling.renewal_line import DatedCount, NumberSource, RenewalLine, Unjoined, WorkloadUse

# How the usage report has to be listed.
BY = (Dimension.CUSTOMER, Dimension.PRODUCT, Dimension.WORKLOAD)

_SOURCES = {SubscriptionSource.LIVE: NumberSource.LIVE, SubscriptionSource.ANALYTICS: NumberSource.ANALYTICS}
_Product = tuple[str, str]  # the folded ids of a customer and a product


def renewal_lines(
    subscriptions: Iterable[Subscription],
    deployed: Iterable[DeployedProduct],
    usage: UsageReport | None,
    read_on: date | None,
    table: OfferSkus,
) -> tuple[RenewalLine, ...]:
    """Return the lines of all customers, in no order that means anything.

    `usage` is listed by `BY`, None if it could not be read. `read_on` is when the subscriptions were read. A product
    that only the usage report has is a line too.
    """
    sold = list(deployed)
    uses, names = _uses(usage) if usage is not None else ({}, {})
    known = {(folded_id(each.customer_id), folded_id(each.product_id)) for each in sold}
    beside = [DeployedProduct(*product, names[product].product) for product in names if product not in known]
    joined = match(subscriptions, [*sold, *beside], table)
    lines = [
        *(_of_pair(each, read_on) for each in joined.pairs),
        *(_of_product(each) for each in joined.unmatched_products),
        *(_of_subscription(each, read_on) for each in joined.unmatched_subscriptions),
    ]
    return tuple(replace(each, use=uses.get((each.customer_id, each.product_id))) for each in lines)


def named(lines: Iterable[RenewalLine], labels: Mapping[str, str]) -> tuple[RenewalLine, ...]:
    """Return the lines with the names that the reader knows, by folded ids."""
    return tuple(
        replace(each, customer=labels.get(each.customer_id) or each.customer or _name_in(each)) for each in lines
    )


def _name_in(line: RenewalLine) -> str:
    return next((term.customer for term in line.terms if term.customer), "")


class _Named:
    """The names of a product of a customer."""

    def __init__(self, row: ReportRow) -> None:
        self.product = row.entries[Dimension.PRODUCT].name


def _uses(usage: UsageReport) -> tuple[dict[_Product, WorkloadUse], dict[_Product, _Named]]:
    """Return the use of each product in the workload with most active licenses, and the names of all products.

    A workload of which a row is unknown is not compared with others: its numbers are not known. Rows of one workload,
    of two channels say, are added.
    """
    found: dict[_Product, dict[str, WorkloadUse]] = defaultdict(dict)
    unknown: dict[_Product, set[str]] = defaultdict(set)
    names: dict[_Product, _Named] = {}
    for row in usage.rows:
        product = product_of(row)
        if product is None:
            continue
        names.setdefault(product, _Named(row))
        workload = row.entries[Dimension.WORKLOAD]
        if row.unknown:
            unknown[product].add(workload.id)
        else:
            use = WorkloadUse(workload.name, row.figures.counts, min(row.days, default=None))
            found[product][workload.id] = _added(found[product].get(workload.id), use)
    most = {product: _most_used(every, unknown[product]) for product, every in found.items()}
    return {product: use for product, use in most.items() if use is not None}, names


def use_of(rows: Iterable[ReportRow]) -> WorkloadUse | None:
    """Return the usage of all rows, in the workload with most active licenses.

    None if it is not known.
    """
    found: dict[str, WorkloadUse] = {}
    unknown: set[str] = set()
    for row in rows:
        workload = row.entries[Dimension.WORKLOAD]
        if row.unknown:
            unknown.add(workload.id)
        use = WorkloadUse(workload.name, row.figures.counts, min(row.days, default=None))
        found[workload.id] = _added(found.get(workload.id), use)
    return _most_used(found, unknown)


def _most_used(found: Mapping[str, WorkloadUse], unknown: AbstractSet[str]) -> WorkloadUse | None:
    known = [each for workload, each in found.items() if workload not in unknown]
    most = min(known, key=lambda each: each.rank, default=None)
    return most and replace(most, partial=bool(unknown))


def _added(before: WorkloadUse | None, use: WorkloadUse) -> WorkloadUse:
    """Return the use of two rows of one workload; its day is the older one."""
    if before is None:
        return use
    days = [each for each in (before.day, use.day) if each is not None]
    return replace(use, licenses=before.licenses + use.licenses, day=min(days, default=None))


def product_of(row: ReportRow) -> _Product | None:
    """Return the ids of the product of a row; None if one of them is missing."""
    customer, product = row.entries[Dimension.CUSTOMER], row.entries[Dimension.PRODUCT]
    ids = _id(customer), _id(product)
    return ids if all(ids) else None


def _id(entry: Entry) -> str:
    return folded_id(entry.id) if entry.has_id else ""


def _of_pair(pair: SeatPair, read_on: date | None) -> RenewalLine:
    line = _of_product(pair.product)
    sold = line.sold or _own(pair.subscriptions, read_on)
    return replace(line, terms=pair.subscriptions, sold=sold, unjoined=None)


def _of_product(product: DeployedProduct) -> RenewalLine:
    return RenewalLine(
        folded_id(product.customer_id),
        product.customer,
        folded_id(product.product_id),
        product.product,
        sold=_count(product.sold, product.day),
        assigned=_count(product.assigned, product.day),
        unjoined=Unjoined.NO_SUBSCRIPTION,
    )


def _of_subscription(unmatched: UnmatchedSubscription, read_on: date | None) -> RenewalLine:
    term = unmatched.subscription
    return RenewalLine(
        term.customer_id,
        term.customer,
        "",
        term.product,
        (term,),
        sold=_own((term,), read_on),
        unjoined=Unjoined(unmatched.why.value),
    )


def _count(number: int | None, day: date | None) -> DatedCount | None:
    return None if number is None else DatedCount(number, NumberSource.DEPLOYMENT, day)


def _own(terms: Sequence[Subscription], read_on: date | None) -> DatedCount | None:
    """Return what this partner sold, which may be less than what all suppliers sold."""
    seats = paid_seats(terms)
    sources = {_SOURCES[each.source] for each in terms}
    if not seats or len(sources) != 1:
        return None
    return DatedCount(seats, sources.pop(), read_on)
