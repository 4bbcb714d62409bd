"""What a reading of subscriptions found, and what it may lack."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.identifier import folded_id
from bot.domain.subscriptions import Subscription, SubscriptionGaps, SubscriptionSource


@dataclass(frozen=True, slots=True)
class FetchedSubscriptions:
    """Subscriptions of this partner, and when they were read.

    The live ones are of `read_at`. How old the analytics are is not documented: `read_at` is when they were read.
    """

    items: tuple[Subscription, ...]
    gaps: SubscriptionGaps
    source: SubscriptionSource
    read_at: datetime
    correlation_id: str | None = None

    def only(self, customer_ids: Iterable[str]) -> "FetchedSubscriptions":
        """Return those of some customers.

        A subscription without a customer may be theirs or not: it is unusable.
        """
        wanted = {folded_id(each) for each in customer_ids} - {""}
        nameless = sum(not each.customer_id for each in self.items)
        found = tuple(each for each in self.items if each.customer_id in wanted)
        return replace(self, items=found, gaps=replace(self.gaps, unusable=self.gaps.unusable + nameless))
