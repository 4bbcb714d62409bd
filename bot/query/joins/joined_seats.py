"""Subscriptions beside the products of the report, and what fits nowhere. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.subscriptions import Subscription, SubscriptionState


class MatchKind(StrEnum):
    """Why a subscription is of a product.

    `BY_ID`: the table says so. `BY_SOLE`: the customer has one product in both sources, the two have one name, and no
    more licenses were bought than all suppliers sold.
    """

    BY_ID = "id"
    BY_SOLE = "sole"
    NONE = "none"


class WhyUnmatched(StrEnum):
    """Why a subscription is of no product.

    `NO_CUSTOMER`: it is unknown whose it is. `NO_OFFER`: its source does not say what was bought, so the customer's own
    list may help. `UNKNOWN_OFFER`: the table lacks what was bought. `NOT_REPORTED`: the table has its product, and the
    report has no such product of the customer.
    """

    NO_CUSTOMER = "no_customer"
    NO_OFFER = "no_offer"
    UNKNOWN_OFFER = "unknown_offer"
    NOT_REPORTED = "not_reported"


@dataclass(frozen=True, slots=True)
class DeployedProduct:
    """A product of a customer in the report of sold licenses.

    Its numbers are those of all suppliers together, None if unknown. `day` is the oldest day of them. It and the name
    of the customer are no part of what the product is.
    """

    customer_id: str
    product_id: str
    product: str
    sold: int | None = None
    assigned: int | None = None
    day: date | None = field(default=None, compare=False, repr=False)
    customer: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SeatPair:
    """A product, and this partner's subscriptions of it.

    They share the licenses of the product: which license is of which subscription is known to no one.
    """

    product: DeployedProduct
    subscriptions: tuple[Subscription, ...]
    match: MatchKind

    @property
    def own_seats(self) -> int | None:
        """Return the licenses that this partner sold, None if a number is unknown."""
        return paid_seats(self.subscriptions)


@dataclass(frozen=True, slots=True)
class UnmatchedSubscription:
    """A subscription of no product that is known."""

    subscription: Subscription
    why: WhyUnmatched


@dataclass(frozen=True, slots=True)
class JoinedSeats:
    """Every subscription and every product, each exactly once."""

    pairs: tuple[SeatPair, ...]
    unmatched_subscriptions: tuple[UnmatchedSubscription, ...]
    unmatched_products: tuple[DeployedProduct, ...]

    @property
    def reasons(self) -> Mapping[WhyUnmatched, int]:
        """Return how many subscriptions are unmatched for each reason."""
        return Counter(each.why for each in self.unmatched_subscriptions)


def paid(subscriptions: Iterable[Subscription]) -> list[Subscription]:
    """Return those whose licenses count as sold: active ones, without trials."""
    return [each for each in subscriptions if each.state is SubscriptionState.ACTIVE and not each.trial]


def paid_seats(subscriptions: Iterable[Subscription]) -> int | None:
    """Return the licenses that count as sold, None if a number is unknown."""
    seats = [each.seats for each in paid(subscriptions)]
    known = [each for each in seats if each is not None]
    return sum(known) if len(known) == len(seats) else None
