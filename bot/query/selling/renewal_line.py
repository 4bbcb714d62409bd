"""One product of a customer: sold, assigned, used, and when it ends. Pure.

Each number has its own day and source: the reports are of different days, and count the licenses of all suppliers,
while the subscriptions are those of this partner alone. What no source says is None, never 0.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.figures import Licenses
from bot.domain.subscriptions import Renewing, Subscription, SubscriptionState


class NumberSource(StrEnum):
    """Where a number is from."""

    LIVE = "live"  # the list of one customer's subscriptions
    ANALYTICS = "analytics"  # the subscriptions of all customers
    DEPLOYMENT = "deployment"
    USAGE = "usage"


class Unjoined(StrEnum):
    """Why a line is not of both a subscription and a product of the reports.

    The first four are those of `WhyUnmatched`. `NO_SUBSCRIPTION`: no subscription of this partner could be matched with
    the product.
    """

    NO_CUSTOMER = "no_customer"
    NO_OFFER = "no_offer"
    UNKNOWN_OFFER = "unknown_offer"
    NOT_REPORTED = "not_reported"
    NO_SUBSCRIPTION = "no_subscription"


_ENDED = frozenset({SubscriptionState.EXPIRED, SubscriptionState.DISABLED, SubscriptionState.DELETED})


class LineGroup(StrEnum):
    """What a line is.

    Something that renews or ends, what has ended, or a product without a subscription.
    """

    RUNNING = "running"
    ENDED = "ended"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class DatedCount:
    """A number of licenses.

    `day` is None if the source does not say of which day it is.
    """

    number: int
    source: NumberSource
    day: date | None = None


@dataclass(frozen=True, slots=True)
class WorkloadUse:
    """The usage of a product in one workload, and its day.

    `partial`: the numbers of another workload are not known, so that it may be used more.
    """

    workload: str
    licenses: Licenses
    day: date | None = None
    partial: bool = False

    @property
    def rank(self) -> tuple[bool, int, int, str]:
        """Return a sort key: the workload that says most of the use comes first.

        It is the one with most active licenses, of these the one with fewest unused: a license that is used in one
        workload is in use. A workload without qualified licenses has no percentage, and comes last.
        """
        licenses = self.licenses
        return not licenses.qualified, -licenses.active, licenses.unused, self.workload


@dataclass(frozen=True, slots=True)
class RenewalLine:
    """One product of a customer, or one subscription whose product is not known.

    `product_id` is "" then. `terms` are the subscriptions, the first to end first; they are listed and never averaged.
    `use` is of the workload with most active licenses, which is the one that is shown, compared with conditions and put
    in order. `unjoined` says why something is missing; None if the
    subscriptions are those of the product.
    """

    customer_id: str
    customer: str
    product_id: str
    product: str
    terms: tuple[Subscription, ...] = ()
    sold: DatedCount | None = None
    assigned: DatedCount | None = None
    use: WorkloadUse | None = None
    unjoined: Unjoined | None = None

    @property
    def not_assigned(self) -> int | None:
        """Return the sold licenses that are not assigned.

        None if a number is not known, if they are of two sources, or if more are assigned than sold.
        """
        if self.sold is None or self.assigned is None or self.sold.source is not self.assigned.source:
            return None
        left = self.sold.number - self.assigned.number
        return left if left >= 0 else None

    @property
    def idle(self) -> int | None:
        """Return the assigned licenses that are not active in the workload of `use`.

        The two numbers are of two days. None if one is not known, or if more are active than assigned.
        """
        if self.assigned is None or self.use is None:
            return None
        left = self.assigned.number - self.use.licenses.active
        return left if left >= 0 else None

    def group(self, today: date) -> LineGroup:
        """Return what the line is on this day."""
        if not self.terms:
            return LineGroup.PRODUCT
        return LineGroup.ENDED if all(has_ended(each, today) for each in self.terms) else LineGroup.RUNNING

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what the line is: a product of a customer, or a subscription."""
        return self.customer_id, self.product_id, "" if self.product_id else self.terms[0].id if self.terms else ""


def is_over(subscription: Subscription, today: date) -> bool:
    """Return True if the term has ended. On its last day it has not."""
    return subscription.end is not None and subscription.end < today


def has_ended(subscription: Subscription, today: date) -> bool:
    """Return True for a subscription that does not renew any more.

    Its term is over, or its state says so.
    """
    return is_over(subscription, today) or subscription.state in _ENDED


def seats_after(subscription: Subscription) -> int | None:
    """Return how many licenses there are after the renewal; None if that is not known.

    A subscription that does not renew has no number: what happens with it is not known.
    """
    if subscription.renewing is Renewing.OFF or subscription.state is not SubscriptionState.ACTIVE:
        return None
    return subscription.seats if subscription.next_seats is None else subscription.next_seats
