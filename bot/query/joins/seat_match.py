"""Which subscriptions are of which product of the report. Pure.

An id decides, and no name alone. What nothing decides is unmatched, and said.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.domain.identifier import folded_id, spelling_rank
from bot.domain.subscriptions import Subscription
from bot.query.joins.joined_seats import (
    DeployedProduct,
    JoinedSeats,
    MatchKind,
    SeatPair,
    UnmatchedSubscription,
    WhyUnmatched,
    paid,
    paid_seats,
)
from bot.query.joins.offer_skus import OfferSkus, offer_key
from bot.query.joins.product_spelling import spelled

Products = Mapping[str, DeployedProduct]  # of one customer, by their folded ids


def match(subscriptions: Iterable[Subscription], deployed: Iterable[DeployedProduct], table: OfferSkus) -> JoinedSeats:
    """Return subscriptions and products joined. Their order does not matter.

    Rows of one product of a customer (of two channels, say) are one product. Nothing without an id is ever matched.
    """
    by_customer, nameless = _pooled(deployed)
    bought: dict[str, list[Subscription]] = defaultdict(list)
    for each in subscriptions:
        bought[folded_id(each.customer_id)].append(each)
    pairs: list[SeatPair] = []
    unmatched = [UnmatchedSubscription(each, WhyUnmatched.NO_CUSTOMER) for each in bought.pop("", ())]
    for customer, own in bought.items():
        found, rest = _of_customer(own, by_customer.get(customer, {}), table)
        pairs += found
        unmatched += rest
    taken = {(each.product.customer_id, each.product.product_id) for each in pairs}
    left = [each for products in by_customer.values() for each in products.values()]
    return JoinedSeats(
        tuple(sorted(pairs, key=lambda each: (each.product.customer_id, each.product.product_id))),
        tuple(sorted(unmatched, key=lambda each: _order(each.subscription))),
        tuple(sorted([each for each in left if (each.customer_id, each.product_id) not in taken] + nameless, key=repr)),
    )


def _of_customer(
    own: Sequence[Subscription], products: Products, table: OfferSkus
) -> tuple[list[SeatPair], list[UnmatchedSubscription]]:
    by_sku: dict[str, list[Subscription]] = defaultdict(list)
    rest: list[UnmatchedSubscription] = []
    for each in own:
        sku = table.sku_of(each.offer_id)
        if sku is not None and sku in products:
            by_sku[sku].append(each)
        else:
            rest.append(UnmatchedSubscription(each, _why(each, sku)))
    pairs = [SeatPair(products[sku], _sorted(found), MatchKind.BY_ID) for sku, found in by_sku.items()]
    sole = _sole(own, products, table)
    return ([sole], []) if sole is not None else (pairs, rest)


def _sole(own: Sequence[Subscription], products: Products, table: OfferSkus) -> SeatPair | None:
    """Return the only product with all subscriptions, None if a fact is missing that says it is theirs."""
    if len(products) != 1 or any(table.sku_of(each.offer_id) for each in own):
        return None
    product = next(iter(products.values()))
    offers = {offer_key(each.offer_id) for each in own} - {""}
    names = {spelled(each.product) for each in own}
    if len(offers) > 1 or not spelled(product.product) or names != {spelled(product.product)}:
        return None
    seats = paid_seats(own)
    if seats is None or product.sold is None or not paid(own) or seats > product.sold:
        return None
    return SeatPair(product, _sorted(own), MatchKind.BY_SOLE)


def _why(subscription: Subscription, sku: str | None) -> WhyUnmatched:
    if sku is not None:
        return WhyUnmatched.NOT_REPORTED
    return WhyUnmatched.UNKNOWN_OFFER if offer_key(subscription.offer_id) else WhyUnmatched.NO_OFFER


def _pooled(deployed: Iterable[DeployedProduct]) -> tuple[dict[str, dict[str, DeployedProduct]], list[DeployedProduct]]:
    """Return the products by customer and id, each once, and those without ids."""
    pooled: dict[str, dict[str, DeployedProduct]] = defaultdict(dict)
    nameless: list[DeployedProduct] = []
    for row in deployed:
        each = replace(row, customer_id=folded_id(row.customer_id), product_id=folded_id(row.product_id))
        if not (each.customer_id and each.product_id):
            nameless.append(each)
            continue
        products = pooled[each.customer_id]
        before = products.get(each.product_id)
        products[each.product_id] = each if before is None else _added(before, each)
    return pooled, nameless


def _added(one: DeployedProduct, other: DeployedProduct) -> DeployedProduct:
    return replace(
        one,
        product=min(one.product, other.product, key=spelling_rank),
        sold=_sum(one.sold, other.sold),
        assigned=_sum(one.assigned, other.assigned),
        customer=min(filter(None, (one.customer, other.customer)), key=spelling_rank, default=""),
        day=min((each.day for each in (one, other) if each.day is not None), default=None),
    )


def _sum(one: int | None, other: int | None) -> int | None:
    """Return the sum; with an unknown number it is unknown."""
    return None if one is None or other is None else one + other


def _sorted(subscriptions: Iterable[Subscription]) -> tuple[Subscription, ...]:
    return tuple(sorted(subscriptions, key=_order))


def _order(subscription: Subscription) -> tuple[bool, date, str]:
    """Return a sort key: the first to end first, those without an end last."""
    return subscription.end is None, subscription.end or date.min, repr(subscription)
