"""A subscription of a customer, as the partner bought it. Pure.

Two sources have them: the list of one customer, which is live, and the analytics over all customers. Their documents:
https://learn.microsoft.com/en-us/partner-center/developer/get-all-of-a-customer-s-subscriptions
https://learn.microsoft.com/en-us/partner-center/developer/get-all-subscription-analytics
Prices are in neither, and nothing here has one.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Renewing(StrEnum):
    """Whether a subscription renews itself when its term ends."""

    AUTO = "auto"
    OFF = "off"
    UNKNOWN = "unknown"


class SubscriptionState(StrEnum):
    """The state of a subscription, in one vocabulary for both sources.

    `OTHER`: the source says something else, or nothing.
    """

    ACTIVE = "active"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    DISABLED = "disabled"
    DELETED = "deleted"
    PENDING = "pending"
    OTHER = "other"


class SubscriptionSource(StrEnum):
    """Where a subscription was read."""

    LIVE = "live"
    ANALYTICS = "analytics"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One subscription of this partner's customer.

    `id` and `customer_id` are as they compare (see `folded_id`), "" if there is none. `product` is its name, "" if the
    source has none. `offer_id` is what was bought; the analytics have none. `seats` is the number of licenses, None if
    it is unknown or if the subscription has no licenses. `next_seats` is the number after the next renewal, None if no
    change is scheduled.

    `end` is the last day of the term: on it, the subscription has not ended. It is None if it is unknown, or so `far`
    in the future that it is no real day. `cancel_until` is as the service says; it is never computed. `term` is an ISO
    8601 duration, "" if there is none.
    """

    id: str
    customer_id: str
    customer: str
    product: str
    source: SubscriptionSource
    offer_id: str | None = None
    seats: int | None = None
    next_seats: int | None = None
    start: date | None = None
    end: date | None = None
    far: bool = False
    renewing: Renewing = Renewing.UNKNOWN
    state: SubscriptionState = SubscriptionState.OTHER
    trial: bool | None = None
    term: str = ""
    cancel_until: date | None = None

    @property
    def id_end(self) -> str:
        """Return the last four characters of the id.

        They distinguish subscriptions without a name.
        """
        return self.id[-4:]


@dataclass(frozen=True, slots=True)
class SubscriptionGaps:
    """What is missing or odd in an answer.

    `unusable` entries were sent and have no field of a subscription; `missing` ones were announced and did not come;
    `repeated` ones came again, and count once. `incomplete`: there may be more, and it is unknown how many.
    `unread_customers` are the ids of customers whose list could not be read.
    """

    unusable: int = 0
    missing: int = 0
    repeated: int = 0
    incomplete: bool = False
    unread_customers: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Return True if a subscription may be missing."""
        return bool(self.unusable or self.missing or self.incomplete or self.unread_customers)
